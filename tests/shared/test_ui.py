"""The components: their contract, their refusals, and the pages around them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from biosint.people.api import Person
from biosint.shared import icons
from biosint.shared import map as maps
from biosint.shared.registries import DESTINATIONS
from biosint.shared.verdicts import refused
from biosint.shared.web import specimens

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


def shown(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return engines["django"].from_string(source).render(context, request)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- actions ---


def test_an_action_posts_with_its_token() -> None:
    html = shown('{% action label="Admit" url="/admit/" name="place" value=3 %}')

    assert 'method="post" action="/admit/"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'name="place" value="3"' in html


def test_a_refused_action_keeps_its_label_gives_the_reason_and_cannot_be_sent() -> None:
    verdict = refused("Only a coordinator can admit learners.")

    html = shown('{% action label="Admit" url="/admit/" verdict=verdict %}', verdict=verdict)

    assert plain(html) == "Admit Only a coordinator can admit learners."
    assert "<form" not in html
    assert "/admit/" not in html


def test_a_refused_link_leads_nowhere() -> None:
    html = shown('{% link_button label="Edit" url="/edit/" verdict=v %}', v=refused("Not yet."))

    assert "href" not in html


def test_a_dangerous_action_asks_first_without_script() -> None:
    html = shown('{% action label="Delete" url="/delete/" tone="danger" confirm="Delete it?" %}')

    assert html.index("<summary") < html.index("Delete it?") < html.index("<button")


def test_a_verdict_that_is_none_does_not_pass_for_a_refusal() -> None:
    with pytest.raises(TemplateSyntaxError, match="must be a Verdict"):
        shown('{% action label="Admit" url="/" verdict=misspelt %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% action label="x" url="/" colour="red" %}',
        '{% notice tone="alarming" %}x{% endnotice %}',
        '{% badge "x" tone="loud" %}',
        '{% link_button label="x" url="/" tone="info" %}',
    ],
)
def test_an_unknown_attribute_or_tone_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        shown(source)


# --- forms ---


class Registration(forms.Form):
    name = forms.CharField(help_text="As on your card.")
    letter = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_a_form_with_files_sends_them_and_marks_what_is_optional() -> None:
    html = shown('{% form form submit="Send" %}', form=Registration())

    assert 'enctype="multipart/form-data"' in html
    assert html.count("(optional)") == 1
    assert 'aria-describedby="id_name_helptext"' in html


def test_errors_stand_beside_the_field_and_in_the_summary_and_the_input_is_kept() -> None:
    form = Registration({"name": "", "secret": ""})

    html = shown("{% form form %}", form=form)

    assert '<a href="#id_name">Name</a>: This field is required.' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert plain(html).count("This field is required.") == 3


def test_what_people_typed_is_escaped() -> None:
    form = Registration({"name": '"><script>x</script>', "secret": ""})

    assert "<script>" not in shown("{% form form %}", form=form)


# --- words, times, places ---


def test_a_moment_is_shown_in_the_zone_of_the_reader_with_its_name() -> None:
    with timezone.override("Europe/Belgrade"):
        assert plain(shown("{% moment at %}", at=NOON)) == "2 Mar 2026, 13:00 CET"
    with timezone.override("Europe/Lisbon"):
        assert plain(shown("{% moment at %}", at=NOON)) == "2 Mar 2026, 12:00 WET"


def test_numbers_follow_the_language() -> None:
    assert shown("{% number 1234.5 digits=1 %}") == "1,234.5"
    with translation.override("sr"):
        assert shown("{% number 1234.5 digits=1 %}") == "1.234,5"


def test_nothing_yet_is_a_dash() -> None:
    for source in ("{% number None %}", "{% moment None %}", "{% day None %}", "{% person None %}"):
        assert plain(shown(source)) == "–"


def test_a_country_is_named_in_the_language_of_the_reader_beside_its_flag() -> None:
    with translation.override("sr-latn"):
        html = shown('{% country "rs" %}')

    assert plain(html) == "Srbija"
    assert 'aria-hidden="true"' in html


def test_content_in_another_language_says_so_and_is_marked() -> None:
    html = shown("{% words w %}", w={"sr": "Курс"})

    assert '<span lang="sr-Cyrl">Курс</span>' in html
    assert plain(html) == "Курс Serbian"


def test_markdown_is_cleaned_and_its_headings_lie_below_the_page_own() -> None:
    html = shown(
        "{% markdown text %}",
        text="# Top\n\n<img src=x onerror=alert(1)> [bad](javascript:alert(1)) [good](https://example.org)",
    )

    assert "<h3>Top</h3>" in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert '<a href="https://example.org" rel="noopener">good</a>' in html


# --- lists ---


def test_pages_of_a_list_keep_the_other_words_of_the_address() -> None:
    page = Paginator(range(100), 10).page(2)

    html = shown("{% pagination page %}", path="/?q=ward&page=2", page=page)

    assert 'href="?q=ward&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_links() -> None:
    assert shown("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_a_place_that_does_not_exist_leaves_its_line_out() -> None:
    assert shown('{% place "nowhere:at_all" %}{% menu_item "nowhere:at_all" "Nowhere" %}').strip() == ""


def test_a_section_says_where_it_starts() -> None:
    html = shown('{% section title="Teams" id="teams" level=3 %}x{% endsection %}')

    assert '<section class="section" id="teams">' in html
    assert "<h3" in html


# --- icons ---


def test_an_unknown_icon_says_how_to_get_it() -> None:
    with pytest.raises(ImproperlyConfigured, match="add it to biosint"):
        icons.drawing("no-such-icon")


def test_a_missing_build_says_how_to_make_it() -> None:
    with pytest.raises(ImproperlyConfigured, match="run “make build”"):
        icons.built_file("never-built.css")


def test_every_icon_of_the_menu_is_drawn() -> None:
    for destination in DESTINATIONS:
        assert icons.drawing(destination.icon)


def test_every_icon_that_a_template_names_is_drawn() -> None:
    templates = (Path(icons.__file__).parents[1]).glob("*/templates/**/*.html")
    named = {
        name
        for template in templates
        for name in re.findall(r"icon[ =]\"([a-z0-9-]+)\"", template.read_text("utf-8"))
    }

    for name in sorted(named):
        assert icons.drawing(name)


# --- the map ---


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        # Worked out by d3-geo with the same constants.
        (44.80, 20.46, 427.7, 415.6),
        (51.50, -0.12, 197.2, 284.7),
        (38.70, -9.10, 31.8, 471.8),
        (59.90, 10.75, 322.4, 153.2),
    ],
)
def test_a_place_stands_where_the_build_draws_the_coast(
    latitude: float, longitude: float, x: float, y: float
) -> None:
    assert maps.place(latitude, longitude) == pytest.approx((x, y), abs=0.1)


def test_labels_of_the_map_do_not_cover_each_other() -> None:
    frame = maps.framed(maps.place(point.latitude, point.longitude) for point in specimens.POINTS)

    dots = maps.labelled([*specimens.POINTS, specimens.POINTS[0]], frame)

    assert all(dot.label_x is not None for dot in dots[:-2])
    assert dots[-1].label_x != dots[0].label_x


# --- pages ---


def test_the_chosen_language_is_kept_and_the_page_stays() -> None:
    answer = Client().post("/ui/language/", {"language": "sr-latn", "next": "/courses/?page=2"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/courses/?page=2"
    assert answer.cookies["biosint_language"].value == "sr-latn"
    assert answer.cookies["biosint_language"]["max-age"] == 365 * 24 * 3600


def test_an_unknown_language_changes_nothing() -> None:
    assert "biosint_language" not in Client().post("/ui/language/", {"language": "xx"}).cookies


@pytest.mark.parametrize("path", ["/ui/language/", "/ui/colours/"])
def test_a_switch_never_leads_to_another_site(path: str) -> None:
    answer = Client().post(path, {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"


def test_colours_are_kept_until_the_device_decides_again() -> None:
    client = Client()

    assert client.post("/ui/colours/", {"theme": "dark"}).cookies["biosint_theme"].value == "dark"
    assert client.post("/ui/colours/", {"theme": ""}).cookies["biosint_theme"].value == ""


def test_the_page_names_its_language_and_its_colours(db: None) -> None:
    client = Client()
    client.cookies["biosint_language"] = "sr"
    client.cookies["biosint_theme"] = "dark"

    page = client.get("/account/login/").content.decode()

    assert '<html lang="sr-Cyrl" data-theme="dark">' in page


def test_no_page_of_ours_needs_inline_style_or_script(db: None, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    for path in ("/ui/", "/account/login/", "/account/signup/", "/account/password/reset/"):
        page = Client().get(path).content.decode()

        assert " style=" not in page, path
        assert not re.search(r"<style|\son[a-z]+=", page), path
        for script in re.findall(r"<script[^>]*>", page):
            assert "src=" in script or 'type="application/json"' in script, (path, script)


def test_the_gallery_is_for_builders_and_demonstrations_only(
    db: None, settings: object, client_of: Callable[[Person], Client]
) -> None:
    staff = Person.objects.create_superuser("root@example.org", "x", name="Root")
    learner = Person.objects.create_user("learner@example.org", "x", name="Learner")

    assert Client().get("/ui/").status_code == 404
    assert client_of(learner).get("/ui/").status_code == 404
    assert client_of(staff).get("/ui/").status_code == 200

    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    assert Client().get("/ui/").status_code == 200


def test_the_gallery_shows_every_component() -> None:
    from biosint.shared.templatetags.ui import register

    source = engines["django"].get_template("shared/gallery.html").template.source
    # Parts of the page's frame and of other components; they show on every page.
    within = {
        "area_name", "built", "menu_areas", "error_summary", "field", "initials", "menu_item", "optional", "page_language",
        "place", "submit",
    }  # fmt: skip

    missing = {name for name in register.tags if f"{{% {name} " not in source} - within

    assert missing == set()


@pytest.mark.parametrize("code", ["en", "sr", "sr-latn", "sq"])
def test_the_gallery_can_be_read_in_every_language(db: None, settings: object, code: str) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    client = Client()
    client.cookies["biosint_language"] = code

    assert client.get("/ui/").status_code == 200


def test_a_page_that_is_not_there_says_what_to_do(db: None) -> None:
    answer = Client().get("/there/is/nothing/")

    assert answer.status_code == 404
    assert "sign in first" in plain(answer.content.decode())


def test_the_menu_marks_the_area_that_holds_the_page(db: None, client_of: Callable[[Person], Client]) -> None:
    staff = Person.objects.create_superuser("root@example.org", "x", name="Root")

    page = client_of(staff).get("/courses/").content.decode()
    marked = re.findall(r'<a href="[^"]+" aria-current="\w+">(\w+)</a>', page)

    # Once in the wide menu, once in the one for phones.
    assert marked == ["Learn", "Learn"]
