"""Agreements and transcripts on paper: parts for one typesetter, with a code that opens the page to check them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from biosint.credentials import api as credentials
from biosint.gateways import papers
from biosint.recognition import records
from biosint.recognition.states import Answer, Decision, Party
from biosint.shared.dates import written_day, written_moment
from biosint.shared.languages import country_name, language_name

if TYPE_CHECKING:
    from biosint.recognition.models import AgreementVersion, LearningAgreement, Signature, Transcript


def site(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def day(iso: str) -> str:
    return written_day(date.fromisoformat(iso)) if iso else ""


def place(told: dict[str, str]) -> str:
    return f"{told['name']}, {told['city']}, {country_name(told['country'])}"


def demonstration() -> str:
    return _("Demonstration: not a real document") if settings.DEMONSTRATION else ""


def agreement_facts(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what an agreement says of people, places and the course: label and value."""
    course, unit = content["course"], content["counts_for"]
    return [
        (_("Learner"), content["learner"]["name"]),
        *([(_("Programme"), content["learner"]["programme"])] if content["learner"]["programme"] else []),
        (_("Sending institution"), place(content["home"])),
        (_("Receiving institution"), place(content["host"])),
        (_("Course"), course["title"]),
        (_("From"), day(course["first_day"])),
        (_("To"), day(course["last_day"])),
        (_("Form"), _("From home, online")),
        (_("Language"), f"{language_name(course['language'])} ({course['language_level']})"),
        (_("ECTS credits"), course["ects"]),
        (_("Workload"), _("%(hours)s hours") % {"hours": course["workload_hours"]}),
        (
            _("Counts at home for"),
            " ".join(word for word in (unit["code"], unit["title"]) if word) or _("not settled yet"),
        ),
        (_("ECTS credits at home"), unit["ects"] or _("not settled yet")),
    ]


def signature_rows(signatures: Sequence[Signature]) -> list[tuple[str, str, str, str]]:
    """Return one row per party: for whom, name, office, when."""
    given = {signature.party: signature for signature in signatures}
    rows = []
    for party in Party:
        signature = given.get(party)
        if signature is None:
            rows.append((str(party.label), "–", "", _("not signed yet")))
        elif signature.answer == Answer.REFUSED:
            rows.append((str(party.label), signature.name, signature.office, _("refused")))
        else:
            rows.append(
                (
                    str(party.label),
                    signature.name,
                    signature.office,
                    f"{written_moment(signature.signed_at)} {timezone.localtime(signature.signed_at):%Z}",
                )
            )
    return rows


def agreement(made: LearningAgreement, version: AgreementVersion, *, result: list[papers.Part]) -> bytes:
    """Return an agreement as PDF/UA, in the language it was made in: before, during, after the course."""
    content = version.content
    with translation.override(content["language"]):
        paper = papers.Paper(
            title=_("Learning agreement"),
            language=content["language"],
            kicker=demonstration(),
            particulars=tuple(agreement_facts(content)),
            footer=site(made.get_absolute_url()),
            parts=(
                papers.heading(_("Before the course: what is planned")),
                *_listed(_("The learner will be able to"), content["course"]["outcomes"]),
                papers.heading(_("What each party promises"), level=3),
                *(
                    papers.plain(f"{party.label}: {content['promises'][party.value]}")
                    for party in (Party.LEARNER, Party.HOME, Party.HOST)
                ),
                papers.heading(_("During the course: what was changed")),
                papers.plain(
                    _("This is version %(number)s. %(reason)s")
                    % {"number": version.number, "reason": version.reason}
                    if version.number > 1
                    else _("Nothing was changed since the first version.")
                ),
                papers.heading(_("After the course: what came of it")),
                *(result or [papers.plain(_("The course has not been completed yet."))]),
                papers.heading(_("Signatures")),
                papers.table(
                    _("Who signed this version"),
                    (_("For"), _("Name"), _("Office"), _("When")),
                    signature_rows(list(version.signatures.all())),
                ),
                papers.note(
                    _(
                        "Each signature was given by a signed-in person over exactly this text. SHA-256: %(hash)s"
                    )
                    % {"hash": version.fingerprint}
                ),
            ),
        )
        return papers.pdf(paper)


def _listed(title: str, items: Sequence[str]) -> list[papers.Part]:
    if not items:
        return []
    return [papers.heading(title, level=3), *(papers.plain(f"• {item}") for item in items)]


def result_parts(record: dict[str, Any], language: str) -> list[papers.Part]:
    """Return the last part of an agreement: the transcript and the recognition of one record."""
    with translation.override(language):
        return [
            papers.table(
                _("Transcript of the course"),
                (_("Completed"), _("ECTS credits"), _("ECTS grade"), _("Points")),
                [(day(record["completed"]), record["ects"], record["grade"], f"{record['points']}/100")],
            ),
            papers.plain(recognised(record) or _("The sending institution has not decided yet.")),
        ]


def recognised(record: dict[str, Any]) -> str:
    """Say in one sentence what the home institution decided; empty where it has not."""
    decided = record["recognition"]
    if decided is None:
        return ""
    if decided["decision"] == Decision.DECLINED:
        return _("Not recognised by %(home)s.") % {"home": record["home"]}
    said = _("Recognised by %(home)s with %(ects)s ECTS credits for %(name)s") % {
        "home": record["home"],
        "ects": decided["ects"],
        "name": " ".join(word for word in (decided["code"], decided["name"]) if word),
    }
    grade = _(", grade there: %(grade)s") % {"grade": decided["grade"]} if decided["grade"] else ""
    return f"{said}{grade}."


def transcript(made: Transcript) -> bytes:
    """Return a transcript of records as PDF/UA, with a code that opens the page to check it."""
    content = made.content
    url = site(made.check_path)
    with translation.override(made.language):
        listed = content["records"]
        paper = papers.Paper(
            title=_("Transcript of records"),
            language=made.language,
            kicker=demonstration(),
            particulars=(
                (_("Learner"), content["learner"]["name"]),
                (_("Issued on"), written_day(made.issued_at)),
                (_("ECTS credits"), records.total_ects(content)),
            ),
            footer=_("Check this transcript at %(url)s") % {"url": url},
            parts=(
                papers.table(
                    _("Courses completed"),
                    (
                        _("Course"),
                        _("Given by"),
                        _("Completed"),
                        _("Language"),
                        _("Level"),
                        _("Hours"),
                        _("ECTS"),
                        _("Points"),
                        _("Grade"),
                    ),
                    [
                        (
                            one["title"] + (f" ({_('taken back')})" if one["revoked"] else ""),
                            one["institution"]["name"],
                            day(one["completed"]),
                            language_name(one["language"]),
                            one["level"] or "–",
                            str(one["workload_hours"]),
                            one["ects"],
                            f"{one['points']}/100",
                            one["grade"],
                        )
                        for one in listed
                    ],
                ),
                papers.heading(_("Recognition at home")),
                *(
                    papers.plain(f"{one['title']}: {recognised(one) or _('not decided yet.')}")
                    for one in listed
                ),
                papers.heading(_("How to read the grades")),
                papers.plain(scale_explained()),
                papers.heading(_("Check it")),
                papers.Part(
                    "drawing",
                    text=url,
                    drawing=credentials.qr_in_line(url),
                    rows=((_("Code that opens the page on which this transcript can be checked"), url),),
                ),
                papers.note(_("Checksum of the records (SHA-256): %(hash)s") % {"hash": made.fingerprint}),
            ),
        )
        return papers.pdf(paper)


def scale_explained() -> str:
    return _(
        "Points go from 0 to 100; each course names the points needed to pass. From there to 100, five bands of equal width "
        "give the ECTS grades E (sufficient), D (satisfactory), C (good), B (very good) and A (excellent). F means not "
        "passed. One ECTS credit stands for 25 to 30 hours of work."
    )
