"""Pictures, films, captions and files of an activity: what is kept, who reads it, what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from biosint.exchange.materials import (
    PdfBarrier,
    PictureUnreadable,
    barriers_of_pdf,
    captions_from,
    kind_of_upload,
    picture_from,
    transcript_of,
)
from biosint.exchange.models import Activity, Material
from biosint.exchange.operations import materials as operations
from biosint.exchange.operations.plans import copy_course
from biosint.exchange.plan_checks import materials as check_materials
from biosint.exchange.queries.design import planned
from biosint.exchange.states import ActivityKind, MaterialKind
from biosint.files import api as files
from biosint.people.api import Person
from biosint.shared.verdicts import Refused
from clock import DAY, NOON
from exchange.cast import Cast, running
from factories import ActivityFactory

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]

VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Ana>Look at the skin first.\n"
# The first box of an MP4 file (ISO 14496-12): its brand; enough to be known as one.
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 4096


def photo(
    size: tuple[int, int] = (3000, 2000), *, name: str = "skin.jpg", turned: bool = False
) -> SimpleUploadedFile:
    content = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Camera of Ana"
    Image.new("RGB", size, "teal").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


@pytest.fixture
def cast() -> Cast:
    return running()[0]


@pytest.fixture
def step(cast: Cast) -> Activity:
    return ActivityFactory(course=cast.course, text="First.\n\n![](1)\n\nLast.")


def content_of(answer: Any) -> bytes:
    """Read a streamed answer to its end, so that its file is closed."""
    return b"".join(answer.streaming_content)


def added(step: Activity, cast: Cast, upload: SimpleUploadedFile, **more: Any) -> Material:
    given = {"title": "Skin", **more}
    return operations.add_material(activity_id=step.pk, upload=upload, by=cast.teacher, at=NOON, **given)


def test_a_photograph_is_kept_upright_small_and_without_what_the_camera_noted() -> None:
    kept = picture_from(photo(turned=True))

    with Image.open(kept.content) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1067, 1600))
        assert not picture.getexif()
    assert b"Camera of Ana" not in kept.content.open().read()


def test_a_picture_that_cannot_be_opened_is_refused_with_what_to_do() -> None:
    broken = photo()
    broken = SimpleUploadedFile("x.jpg", broken.read()[:300])

    with pytest.raises(PictureUnreadable, match="save it as PNG or JPEG"):
        picture_from(broken)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    content = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(content, "PNG")

    with pytest.raises(PictureUnreadable):
        picture_from(SimpleUploadedFile("bomb.png", content.getvalue()))


def test_subrip_captions_become_webvtt_and_can_be_read_as_text() -> None:
    srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\nŽena, 34 godine.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTemperatura 39 °C.\r\n"

    text = captions_from(SimpleUploadedFile("a.srt", srt.encode("cp1250"))).read().decode()

    assert text.startswith("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500")
    assert transcript_of(text) == ["Žena, 34 godine.", "Temperatura 39 °C."]


def test_a_pdf_of_ours_has_no_barriers_and_a_bare_one_has() -> None:
    from pypdf import PdfWriter

    bare = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(bare)

    assert barriers_of_pdf(SimpleUploadedFile("a.pdf", bare.getvalue())) == [
        PdfBarrier.UNTAGGED,
        PdfBarrier.UNTITLED,
        PdfBarrier.LANGUAGE_UNSAID,
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("A.PNG", "picture"), ("b.webm", "video"), ("c.srt", "captions"), ("d.pdf", "file"), ("e", "file")],
)
def test_the_end_of_the_name_says_what_an_upload_becomes(name: str, kind: str) -> None:
    assert kind_of_upload(name) == kind


def test_the_picture_stands_where_the_text_places_it(cast: Cast, step: Activity, client_of: ClientOf) -> None:
    added(step, cast, photo(), alternative="A pale forearm")
    address = f"/courses/{cast.course.slug}/pages/{step.pk}/"

    html = client_of(cast.teacher).get(address).content.decode()

    assert html.index("First.") < html.index('alt="A pale forearm"') < html.index("Last.")
    assert 'width="1600" height="1067" loading="lazy"' in html
    picture = client_of(cast.teacher).get(f"{address}materials/1/")
    assert content_of(picture)[8:12] == b"WEBP"
    assert picture["Content-Type"] == "image/webp"
    assert picture["Content-Disposition"].startswith("inline")


def test_strangers_get_nothing_and_learners_only_read(
    cast: Cast, step: Activity, client_of: ClientOf
) -> None:
    added(step, cast, photo())
    base = f"/courses/{cast.course.slug}/pages/{step.pk}/materials/"
    stranger, learner = client_of(cast.student()), client_of(cast.course.applications.all()[0].learner)

    assert stranger.get(f"{base}1/").status_code == 404
    assert Client().get(f"{base}1/").status_code == 302
    assert content_of(learner.get(f"{base}1/"))
    assert learner.get(base).status_code == 403
    with pytest.raises(Refused):
        operations.remove_material(
            activity_id=step.pk, number=1, by=cast.course.applications.all()[0].learner, at=NOON
        )


def test_a_hidden_page_hides_its_materials(cast: Cast, step: Activity, client_of: ClientOf) -> None:
    added(step, cast, photo())
    Activity.objects.filter(pk=step.pk).update(is_hidden=True)
    learner = client_of(cast.course.applications.all()[0].learner)

    assert learner.get(f"/courses/{cast.course.slug}/pages/{step.pk}/materials/1/").status_code == 404


def test_a_film_is_sent_in_parts_and_its_captions_are_shown_and_read(
    cast: Cast, step: Activity, client_of: ClientOf
) -> None:
    film = added(step, cast, SimpleUploadedFile("ward.mp4", MP4), title="The ward")
    words = added(
        step, cast, SimpleUploadedFile("en.vtt", VTT), title="English", language="en", about=film.number
    )
    client = client_of(cast.teacher)
    address = f"/courses/{cast.course.slug}/pages/{step.pk}/"

    html = client.get(address).content.decode()
    assert f'<track kind="captions" src="{address}materials/{words.number}/" srclang="en"' in html
    assert "Look at the skin first." in html
    part = client.get(f"{address}materials/{film.number}/", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 4-7/{len(MP4)}")
    assert content_of(part) == b"ftyp"
    tail = client.get(f"{address}materials/{film.number}/", headers={"Range": "bytes=-10"})
    assert len(content_of(tail)) == 10
    assert tail["Content-Range"] == f"bytes {len(MP4) - 10}-{len(MP4) - 1}/{len(MP4)}"
    beyond = client.get(f"{address}materials/{film.number}/", headers={"Range": "bytes=999999-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(MP4)}")


def test_captions_need_their_film(cast: Cast, step: Activity) -> None:
    with pytest.raises(operations.NoSuchFilm):
        added(step, cast, SimpleUploadedFile("en.vtt", VTT), about=4)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("evil.html", b"<script>alert(1)</script>"),
        ("evil.png", b"<script>alert(1)</script>"),
        ("evil.mp4", b"MZ\x90\x00 a program"),
        ("evil.vtt", b"<script>alert(1)</script>"),
        ("empty.pdf", b""),
    ],
)
def test_wrong_files_are_refused_and_nothing_is_kept(
    cast: Cast, step: Activity, name: str, content: bytes
) -> None:
    with pytest.raises((files.FormatRefused, files.FileEmpty)):
        added(step, cast, SimpleUploadedFile(name, content))

    assert not Material.objects.exists()


def test_scripts_in_titles_and_words_are_only_text(cast: Cast, step: Activity, client_of: ClientOf) -> None:
    added(step, cast, photo(), title="<script>alert(1)</script>", alternative='"><script>alert(2)</script>')

    html = client_of(cast.teacher).get(f"/courses/{cast.course.slug}/pages/{step.pk}/").content.decode()

    assert "<script>alert" not in html


def test_the_form_asks_for_words_and_keeps_what_was_typed(
    cast: Cast, step: Activity, client_of: ClientOf
) -> None:
    client = client_of(cast.teacher)
    address = f"/courses/{cast.course.slug}/pages/{step.pk}/materials/"

    answer = client.post(address, {"upload": photo(), "title": "Skin"})
    assert answer.status_code == 422
    assert "Say what the picture shows" in answer.content.decode()
    client.post(address, {"upload": photo(), "title": "", "alternative": "A pale forearm"})

    material = Material.objects.get()
    assert (material.title, material.alternative, material.kind) == ("skin", "A pale forearm", "picture")
    client.post(f"{address}1/describe/", {"title": "Arm", "decorates": "on"})
    material.refresh_from_db()
    assert (material.title, material.alternative) == ("Arm", "")


def test_a_slip_is_undone_and_a_double_press_is_once(cast: Cast, step: Activity, client_of: ClientOf) -> None:
    first, again = added(step, cast, photo()), added(step, cast, photo())
    assert first == again
    client = client_of(cast.teacher)
    address = f"/courses/{cast.course.slug}/pages/{step.pk}/materials/"

    after = client.post(f"{address}1/remove/", follow=True)
    assert "Bring it back" in after.content.decode()
    assert client.get(f"{address}1/").status_code == 404
    client.post(f"{address}1/remove/", {"back": "yes"})

    assert content_of(client.get(f"{address}1/"))


def test_files_of_a_page_of_files_are_listed_with_their_size(cast: Cast, client_of: ClientOf) -> None:
    step = ActivityFactory(course=cast.course, kind=ActivityKind.FILE)
    added(step, cast, SimpleUploadedFile("notes.txt", b"Read me first."), title="Notes")

    html = client_of(cast.teacher).get(f"/courses/{cast.course.slug}/pages/{step.pk}/").content.decode()

    assert "notes.txt" in html
    assert "14\xa0bytes" in html


def test_a_copied_course_brings_its_materials_along(cast: Cast, step: Activity) -> None:
    film = added(step, cast, SimpleUploadedFile("ward.mp4", MP4))
    added(step, cast, SimpleUploadedFile("en.vtt", VTT), language="en", about=film.number)
    added(step, cast, photo(), alternative="A pale forearm")

    copy = copy_course(
        course_id=cast.course.pk,
        title="Again",
        start_date=cast.course.start_date + timedelta(days=365),
        with_dates=True,
        by=cast.teacher,
        at=NOON + DAY,
    )

    fresh = Material.objects.filter(activity__course=copy)
    assert [(one.number, one.kind) for one in fresh] == [(1, "video"), (2, "captions"), (3, "picture")]
    assert fresh[1].about == fresh[0]
    assert fresh[2].file == Material.objects.get(activity=step, number=3).file


def test_the_checks_name_films_without_captions_and_closed_documents(cast: Cast, step: Activity) -> None:
    film = added(step, cast, SimpleUploadedFile("ward.mp4", MP4), title="The ward")
    Material.objects.create(
        activity=step,
        number=9,
        kind=MaterialKind.FILE,
        file=film.file,
        title="Guide",
        barriers=["untagged"],
        added_by=cast.teacher,
        added_at=NOON,
    )

    told = [str(finding.sentence) for finding in check_materials(planned(cast.course))]
    assert any("The ward” has no captions" in one for one in told)
    assert any("Guide” has no tags" in one for one in told)

    added(step, cast, SimpleUploadedFile("en.vtt", VTT), language="en", about=film.number)
    assert not any("captions" in str(one.sentence) for one in check_materials(planned(cast.course)))
