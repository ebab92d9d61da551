"""From a questionnaire to answers: written, translated, published, asked of two faculties, answered twice."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from biosint.consortium.api import current_consortium
from biosint.surveys.api import AnswerSet, Row, Submission, add_rows, fingerprint
from factories.consortium import ConsortiumFactory
from factories.institutions import InstitutionFactory
from factories.people import CoordinatorFactory, QualityBoardFactory
from journeys.steps_consortium import LEZHE, LOZNICA
from journeys.walking import address_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from biosint.institutions.api import Institution
    from journeys.walking import Thread, Walker

QUESTIONNAIRE = "Studying internationally from home: students 2026"
BEFORE = "How you study: before the courses"
AFTER = "How you study: after the courses"
PEOPLE_EACH = 60
RANKED = "What would help you most to take part from home?"
MATRIX = "How often do you meet these languages when you study?"
IN_ALBANIAN = {
    RANKED: "Çfarë do t'ju ndihmonte më shumë të merrnit pjesë nga shtëpia?",
    "Credits that count": "Kredite që njihen",
    "A teacher I know": "Një mësues që e njoh",
    "A computer to borrow": "Një kompjuter hua",
    MATRIX: "Sa shpesh i hasni këto gjuhë kur studioni?",
    "English": "Anglisht",
    "German": "Gjermanisht",
    "Never": "Kurrë",
    "Sometimes": "Ndonjëherë",
    "Every week": "Çdo javë",
}
IN_SERBIAN = {
    RANKED: "Шта би вам највише помогло да учествујете од куће?",
    "Credits that count": "Бодови који се признају",
    "A teacher I know": "Наставник кога познајем",
    "A computer to borrow": "Рачунар на позајмицу",
    MATRIX: "Колико често срећете ове језике док учите?",
    "English": "Енглески",
    "German": "Немачки",
    "Never": "Никад",
    "Sometimes": "Понекад",
    "Every week": "Сваке недеље",
}
HANA = {"mother": "Ç", "day": "07", "town": "L", "phone": "42", "father": "-"}


def two_faculties_and_their_people(_thread: Thread, _folder: Path) -> None:
    """How they come together is told by another journey."""
    homes = [_faculty(LOZNICA, "RS"), _faculty(LEZHE, "AL")]
    ConsortiumFactory(coordinator=homes[0], members=homes[1:])
    CoordinatorFactory(at=homes[0], email=address_of("Vesna"), name="Vesna Marković")
    CoordinatorFactory(at=homes[1], email=address_of("Blerim"), name="Blerim Kola")
    QualityBoardFactory(at=homes[1], email=address_of("Luan"), name="Luan Gjoni")


def _faculty(told: dict[str, str], country: str) -> Institution:
    return InstitutionFactory(
        name=told["name"],
        short_name=told["short_name"],
        slug=told["short_name"].lower().replace(" ", "-").replace("ë", "e"),
        city=told["city"],
        country=country,
        time_zone=told["time_zone"],
        students=1200,
        teachers=150,
    )


def a_supplied_questionnaire_gets_questions_of_its_own(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/surveys/").follows(QUESTIONNAIRE).presses("Take this questionnaire")
    vesna.follows("Change the draft")
    _adds(
        vesna, "rank", text_en=RANKED, lines_en="Credits that count\nA teacher I know\nA computer to borrow"
    )
    vesna.follows(RANKED).follows("Change when it is shown")
    vesna.writes(what_0="from_home|is|yes").presses("Save").reads("Only if you answered “Yes” to")
    _adds(
        vesna,
        "matrix",
        text_en=MATRIX,
        lines_en="English\nGerman",
        columns_en="Never\nSometimes\nEvery week",
        required=True,
    )
    vesna.follows("Take statements from the library").follows("Interest in international experience at home")
    vesna.presses("Take it into the draft").reads("How far do you agree?")


def _adds(walker: Walker, kind: str, **fields: Any) -> None:
    walker.writes(kind=kind).presses("Write the question").writes(**fields).presses("Save the question")


def albanian_is_written_at_the_desk(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/surveys/").follows(QUESTIONNAIRE).follows("Translations").follows("Albanian")
    lines = vesna.page.locator(".desk-line").all()
    assert len(lines) == len(IN_ALBANIAN)
    for line in lines:
        source = line.locator(".desk-source .desk-words").inner_text()
        line.locator("textarea").fill(IN_ALBANIAN[source])
    vesna.presses("Save this section").reads("Nothing to do here")


def serbian_goes_to_a_translator_and_comes_back(thread: Thread, folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/surveys/").follows(QUESTIONNAIRE).follows("Translations").follows("Files for translators")
    vesna.chooses("Into", "Serbian")
    with vesna.page.expect_download() as coming:
        vesna.page.get_by_role("button", name="Download").click()
    place = folder / coming.value.suggested_filename
    coming.value.save_as(place)

    book = load_workbook(place)
    for row in book.active.iter_rows(min_row=2):
        if not row[2].value:
            row[2].value = IN_SERBIAN[row[1].value]
    book.save(place)

    vesna.writes(file=place).presses("Look at it").reads("Nothing is written yet.")
    assert vesna.page.locator("main input[name=row]:checked").count() == len(IN_SERBIAN)
    vesna.presses("Take in the ticked rows").reads("Texts taken in: 10.")
    for language in ("Serbian", "Albanian"):
        expect(vesna.page.get_by_role("row", name=language)).to_contain_text("complete")


def it_is_tried_and_published(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/surveys/").follows(QUESTIONNAIRE).presses("Publish")
    vesna.reads("Published. It stays as it is from now on")


def a_campaign_asks_groups_of_two_faculties(thread: Thread, folder: Path) -> None:
    vesna = thread.person("Vesna")
    _starts(vesna, BEFORE)
    vesna.follows("groups", nth=_place(vesna, LEZHE))
    page = vesna.page
    for row, (english, albanian, asked) in enumerate(
        [("First year", "Viti i parë", 40), ("Later years", "Vitet e tjera", 60)]
    ):
        page.locator("[name=label_en]").nth(row).fill(english)
        page.locator("[name=label_sq]").nth(row).fill(albanian)
        page.locator("[name=label_sr]").nth(row).fill("Прва година" if row == 0 else "Касније године")
        page.locator("[name=invited]").nth(row).fill(str(asked))
        page.locator("[name=least]").nth(row).fill("10")
    vesna.presses("Save").reads("First year")
    vesna.follows("Posters and links per group").writes(**{"for": _group_value(page, "First year")})
    vesna.writes(lang=["sq"]).presses("Show")
    assert vesna.prints("Poster (A4, PDF)").startswith(b"%PDF")
    assert "lang=sq" in str(page.locator("main aside a[href*='/surveys/a/']").get_attribute("href"))


def _starts(vesna: Walker, title: str) -> None:
    vesna.opens("/surveys/").follows(QUESTIONNAIRE).follows("Ask people with it")
    vesna.writes(title=title, purpose="To see what joint courses change.", pairing="optional")
    for institution in (LOZNICA, LEZHE):
        vesna.page.get_by_role("checkbox", name=institution["name"]).check()
    vesna.presses("Set up the campaign").reads("The campaign is set up. Pass on its link.")


def _place(vesna: Walker, institution: dict[str, str]) -> int:
    """Which of the links “groups” is the institution's."""
    links = vesna.page.locator("main .rates-edit").all_inner_texts()
    return next(place for place, words in enumerate(links) if institution["short_name"] in words)


def _group_value(page: Page, name: str) -> str:
    return str(page.locator("main select[name=for] option", has_text=name).get_attribute("value"))


def a_student_without_a_line_answers_on_a_phone_in_albanian(thread: Thread, _folder: Path) -> None:
    """The line is lost in the middle and the tab closed; the answers go when both are back."""
    vesna = thread.person("Vesna")
    vesna.opens("/situation/").follows(BEFORE).follows("Posters and links per group")
    vesna.writes(**{"for": _group_value(vesna.page, "First year")}).writes(lang=["sq"]).presses("Show")
    link = urlsplit(str(vesna.page.locator("main aside a[href*='/surveys/a/']").get_attribute("href")))

    hana = thread.knows("Hana", thread.stranger(phone=True))
    hana.visitor.expects_refusal = True
    hana.opens(f"{link.path}?{link.query}").reads("Viti i parë").reads("Pranoj që përgjigjet e mia")
    _waits_until_kept(hana.page)
    _fills(hana.page, from_home=0, agrees=4)
    hana.visitor.context.set_offline(True)
    _fills_code(hana.page, HANA)
    hana.page.locator(
        "form.answer-form button[type=submit], form.answer-form button:not([type])"
    ).first.click()
    expect(hana.page.locator("[data-kept]")).to_be_visible()
    assert not Submission.objects.exists()
    hana.page.close()

    hana.visitor.page = hana.page = hana.visitor.context.new_page()
    hana.page.goto(f"{hana.visitor.address}{link.path}?{link.query}")
    hana.visitor.context.set_offline(False)
    _until_answers(hana.page, 1)

    kept = Submission.objects.select_related("group").get()
    assert (kept.language, kept.group.code if kept.group else "", kept.pairing != "") == (
        "sq",
        kept.group.code,
        True,
    )
    hana.visitor.expects_refusal = False


def _waits_until_kept(page: Page) -> None:
    page.wait_for_function(
        "async () => navigator.serviceWorker.controller?.state === 'activated'"
        " && (await (await caches.open('biosint-answer-1')).keys()).some((kept) => kept.url === location.href)"
    )


def _until_answers(page: Page, number: int) -> None:
    for _look in range(100):
        if Submission.objects.count() >= number:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{number} answers were to arrive; {Submission.objects.count()} have.")


def _fills(page: Page, *, from_home: int, agrees: int) -> None:
    """Answer what must be answered, by pressing: the answer at a place, and a point of every scale."""
    page.locator("[name=consent]").check()
    page.locator("[name=year]").fill("1")
    for group in page.locator("main fieldset:visible:has(input[type=radio])").all():
        answers = group.locator("label:has(input[type=radio])")
        name = str(group.locator("input[type=radio]").first.get_attribute("name"))
        if group.locator("fieldset").count():
            continue
        place = from_home if name == "from_home" else agrees - 1 if answers.count() == len("12345") else 1
        answers.nth(place).click()
    if from_home == 0:
        for place, choice in enumerate(page.locator("select[name*=what_would_help]:visible").all(), 1):
            choice.select_option(str(place))


def _fills_code(page: Page, code: dict[str, str]) -> None:
    for part, words in code.items():
        page.locator(f"[name=pairing-{part}]").fill(words)


def many_more_answer(_thread: Thread, _folder: Path) -> None:
    """What a hundred people would press again and again."""
    _fill_set(BEFORE, gain=0.0)


def _fill_set(title: str, *, gain: float) -> None:
    answer_set = AnswerSet.objects.get(title=title)
    consortium = current_consortium()
    assert consortium is not None
    dice = random.Random(7)
    rows = []
    for institution in answer_set.institutions.order_by("pk"):
        for person in range(PEOPLE_EACH):
            keen = dice.random() + gain
            answers = _answers(dice, keen=keen, medicine=institution.name == LOZNICA["name"])
            code = fingerprint(f"{institution.pk}-{person}", consortium=consortium.public_id)
            rows.append(Row(institution.pk, "en", answers, timezone.localdate(), code))
    add_rows(answer_set=answer_set, rows=rows)


def _answers(dice: random.Random, *, keen: float, medicine: bool) -> dict[str, Any]:
    point = max(1, min(5, round(2 + 2 * keen)))
    wants = "yes" if keen > (0.3 if medicine else 0.6) else "no"
    return {
        "field": "medicine" if medicine else "nursing",
        "year": dice.randint(1, 5),
        "english": dice.choice(["B1", "B2", "C1"]),
        "lecture": "yes" if medicine else dice.choice(["help", "no"]),
        "mobility": dice.choice(["yes", "maybe", "no"]),
        "been_abroad": "no",
        "from_home": wants,
        "support": "much" if medicine else dice.choice(["none", "little"]),
        **{
            f"home_interest_{place}": max(1, min(5, point + dice.choice([-1, 0, 0, 1])))
            for place in (1, 2, 3, 5)
        },
        **{f"home_interest_{place}": max(1, min(5, 6 - point + dice.choice([-1, 0, 1]))) for place in (4, 6)},
        **{
            f"digital_{name}": max(1, min(5, 3 + dice.choice([-1, 0, 1])))
            for name in ("tools", "team", "talk", "sources", "privacy")
        },
        "digital_lost": dice.choice([2, 3]),
        **({"wish": "More joint courses that count."} if dice.random() < 0.2 else {}),
    }


def a_second_wave_asks_again_and_the_same_code_finds_its_twin(thread: Thread, _folder: Path) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/situation/").follows(BEFORE).presses("Close now")
    vesna.reads("The campaign is closed and its answers are counted.")
    _starts(vesna, AFTER)
    link = urlsplit(vesna.page.locator("main a[href*='/surveys/a/']").first.inner_text()).path

    hana = thread.stranger(phone=True)
    hana.opens(link).follows("Shqip")
    hana.page.locator("select[name=institution]").select_option(label=LEZHE["name"])
    _fills(hana.page, from_home=1, agrees=5)
    # Another keyboard, a small letter, no mark: still the same person.
    _fills_code(hana.page, {**HANA, "mother": "c", "day": "7", "town": "l"})
    hana.sends("form.answer-form")
    expect(hana.page).to_have_url(re.compile("/thanks/"))

    before, after = (
        Submission.objects.get(answer_set__title=title, language="sq").pairing for title in (BEFORE, AFTER)
    )
    assert before == after != ""
    _fill_set(AFTER, gain=0.35)


CHAPTERS = (
    two_faculties_and_their_people,
    a_supplied_questionnaire_gets_questions_of_its_own,
    albanian_is_written_at_the_desk,
    serbian_goes_to_a_translator_and_comes_back,
    it_is_tried_and_published,
    a_campaign_asks_groups_of_two_faculties,
    a_student_without_a_line_answers_on_a_phone_in_albanian,
    many_more_answer,
    a_second_wave_asks_again_and_the_same_code_finds_its_twin,
)
