"""What a reader must bear in mind, found from the data, and the reporting checklist. Honest before rosy."""

from __future__ import annotations

from django.utils.translation import gettext as _

from biosint.gateways import papers
from biosint.situation import wording
from biosint.situation.report.gathering import Told
from biosint.situation.report.numbering import Numbering

LOW_RATE = 0.4
MUCH_MISSING = 0.1


def sentences(told: Told) -> list[str]:
    """Return the limitations that the figures themselves show."""
    found = []
    for asked in told.asked:
        title = asked.answer_set.title
        if asked.invited and asked.people <= asked.invited:
            rate = asked.people / asked.invited
            if rate < LOW_RATE:
                found.append(
                    _(
                        "Only %(rate)s %% of the people asked answered “%(title)s”. Those who did not answer may think differently."
                    )
                    % {"rate": wording.figure(100 * rate, digits=0), "title": title}
                )
        else:
            found.append(
                _(
                    "How many people could have answered “%(title)s” is not known at every institution, so a response rate cannot be given."
                )
                % {"title": title}
            )
    missing = [
        shown.code
        for shown, result in told.results
        if result.n + result.missing and result.missing / (result.n + result.missing) > MUCH_MISSING
    ]
    if missing:
        found.append(
            _("More than a tenth of the answers is missing in: %(codes)s.") % {"codes": ", ".join(missing)}
        )
    if told.asked:
        found.append(
            _(
                "People chose by themselves whether to answer, and told about themselves. Links between answers do not show what causes what."
            )
        )
    if len(told.results) > 1:
        found.append(
            _(
                "%(number)s questions were put to the answers. At a level of %(level)s, about one in twenty tests would find something where there is nothing; see the adjusted p values."
            )
            % {"number": len(told.results), "level": wording.figure(wording.SURE)}
        )
    if told.index is not None:
        found.append(
            _(
                "The index rests on what institutions reported and on what was counted here. Its interval says how much it depends on which indicators were asked, not how true the answers are."
            )
        )
        if told.index.comparison is not None:
            found.append(
                _(
                    "Rounds before and after have no comparison group: other things that happened in the same time may have moved the index as well."
                )
            )
    return found


def parts(told: Told) -> list[papers.Part]:
    """Return the section on limitations, ours and the authors'."""
    found = [papers.heading(_("Limitations"), anchor="limitations")]
    found.append(papers.words("\n".join(f"- {sentence}" for sentence in sentences(told))))
    if told.report.words.get("limitations"):
        found.append(papers.words(told.report.words["limitations"]))
    return found


def checklist(told: Told, number: Numbering) -> list[papers.Part]:
    """Return where the paper tells what reporting guidelines for surveys ask (CHERRIES, STROBE), in our words."""
    if not told.asked:
        return []
    written = _("to be written by the authors")

    def of_authors(section: str, place: str) -> str:
        return place if told.report.words.get(section) else written

    rows = [
        (_("Design and purpose"), _("Introduction, Methods")),
        (_("Ethics approval"), of_authors("setting", _("Setting and ethics"))),
        (_("Consent"), _("Agreed to on the first page; nothing is kept without it")),
        (_("Protection of data"), _("No name, no address, no time of day is kept with an answer")),
        (_("How people were reached"), of_authors("setting", _("Setting and ethics"))),
        (
            _("Open or closed survey"),
            _("Link; where single-use tickets were sent, they are not joined to answers"),
        ),
        (_("Voluntary, without reward"), of_authors("setting", _("Setting and ethics"))),
        (_("Time of collection"), _("Methods, Design and data")),
        (_("Questions and their number"), _("Appendix: questionnaire")),
        (_("Check of completeness"), _("Required questions are checked when the form is sent")),
        (_("Response rate"), _("Results, Who took part")),
        (_("Answers given twice"), _("Each opened form counts once")),
        (_("Incomplete answers"), _("Left out of the result concerned and counted beside it")),
        (_("Weighting"), _("Stated beside every weighted result")),
        (_("All results, also without a finding"), _("Results")),
        (_("Limitations"), _("Limitations")),
        (_("Funding and interests"), of_authors("declarations", _("Funding, interests and thanks"))),
        (_("Data"), _("The bundle of this report")),
    ]
    return [
        papers.heading(_("Appendix: reporting checklist"), anchor="checklist"),
        number.table(
            _("What guidelines for reports on surveys ask (after CHERRIES and STROBE), and where it stands"),
            (_("Item"), _("Where")),
            rows,
        ),
    ]
