"""What was found in the study: one published analysis for each group of people that was asked."""

from __future__ import annotations

from datetime import datetime

from biosint.portal.demonstration.world import World
from biosint.situation import api as situation
from biosint.situation.api import Campaign, Question

DIGITAL = tuple(f"digital_{word}" for word in ("tools", "team", "talk", "lost", "sources", "privacy"))
ATTITUDE = tuple(f"att_{word}" for word in ("equal", "all", "patients", "contact", "time", "afraid"))
RELIABLE = Question(kind="reliability", items=DIGITAL, reversed=("digital_lost",), low="1", high="5")
OPEN_MINDED = Question(
    kind="reliability", items=ATTITUDE, reversed=("att_time", "att_afraid"), low="1", high="5"
)

STUDENTS: tuple[tuple[Question, str], ...] = (
    (
        Question(kind="crosstab", rows="support", columns="mobility"),
        "Where a faculty helps, more students wish to go. This does not prove that help is the cause.",
    ),
    (
        Question(kind="crosstab", rows="english", columns="mobility"),
        "Who knows more English is more often ready to go.",
    ),
    (
        Question(kind="crosstab", rows="mobility", columns="from_home"),
        "Some of those who cannot or will not travel would join a course from home.",
    ),
    (
        Question(kind="crosstab", rows="support", columns="institution"),
        "Support is felt very differently from faculty to faculty.",
    ),
    (RELIABLE, "The statements on working online may be read as one score."),
    (OPEN_MINDED, "So may those on international learning at home."),
    (
        Question(kind="compare", outcome="scale:digital", by="english"),
        "Who knows more English feels surer online.",
    ),
    (
        Question(kind="compare", outcome="scale:attitude", by="field"),
        "Future doctors, dentists, pharmacists and nurses think much alike.",
    ),
    (Question(kind="compare", outcome="hours", by="gender"), "We looked for a difference here."),
    (Question(kind="crosstab", rows="gender", columns="device"), "And here."),
)
STAFF: tuple[tuple[Question, str], ...] = (
    (
        Question(kind="crosstab", rows="support", columns="mobility"),
        "The same question as to students, with far fewer people.",
    ),
    (
        Question(kind="crosstab", rows="english", columns="mobility"),
        "Language opens the way for teachers too.",
    ),
    (
        Question(kind="crosstab", rows="counts", columns="would"),
        "Would more plan a joint course where it counts as work? These answers do not say so.",
    ),
    (RELIABLE, "The same statements as for students hang together here as well."),
    (Question(kind="compare", outcome="years", by="would"), "Young or old: no difference worth a name."),
)
LATER: tuple[tuple[Question, str], ...] = (
    (
        Question(kind="crosstab", rows="support", columns="met_home"),
        "Who took part in learning at home sees more support.",
    ),
    (
        Question(kind="compare", outcome="scale:digital", by="met_home"),
        "Who took part feels surer online. They may have been surer before: see the pairs.",
    ),
    (
        Question(kind="crosstab", rows="support", columns="mobility"),
        "The link of two years ago still stands.",
    ),
)

STUDENT_WORDS = (
    "Students of nine faculties answered before the project changed anything. Most would join a course "
    "with students of other countries from home, also many who will not travel. Money and doubts about "
    "recognition stand in the way most often.\n\nThree things follow for the strategies: say early which "
    "credits count, offer help with English of the field, and begin with short courses in the evening."
)
STAFF_WORDS = (
    "Teachers and staff answered the same questions as students. Their wish to go abroad hangs on language and "
    "support as it does for students, but with so few people the figures are rough: mind the intervals."
)
LATER_WORDS = (
    "Two years later students answered the same questions. At seven faculties courses had run meanwhile; two "
    "began later and serve for comparison. Those who left a code both times are compared with themselves."
)


def _twice_asked(before: str) -> tuple[tuple[Question, str], ...]:
    """Questions that set the answers from before beside those of later."""
    readiness, attitude = "online_readiness:total", "home_attitude:total"

    def took_part(outcome: str) -> Question:
        return Question(kind="difference", outcome=outcome, by="met_home", treated="yes", earlier=before)

    return (
        (
            Question(kind="paired", outcome=readiness, earlier=before),
            "The same people, two years older, feel surer. All of them grew; see below who grew more.",
        ),
        (Question(kind="paired", outcome=attitude, earlier=before), "They also think better of it."),
        (Question(kind="paired", outcome="hours", earlier=before), "Time to give did not change."),
        (
            took_part(readiness),
            "Who took part grew more than who did not. Whoever chose to take part may differ in other ways too.",
        ),
        (took_part(attitude), "The same holds for what they think of it."),
        (
            took_part("hours"),
            "Alone this looks like a finding; among all tests of this analysis it is none.",
        ),
    )


def tell(world: World) -> None:
    """Tell what was found; called by the study."""
    world.kept["student_analysis"] = _published(
        world,
        world.kept["student_campaign"],
        title="What our students can do, wish and miss",
        words=STUDENT_WORDS,
        results=STUDENTS,
        month=4,
    )
    world.kept["staff_analysis"] = _published(
        world,
        world.kept["staff_campaign"],
        title="What our teachers and staff say",
        words=STAFF_WORDS,
        results=STAFF,
        month=4,
    )
    before = str(world.kept["student_campaign"].answer_set_id)
    world.kept["later_analysis"] = _published(
        world,
        world.kept["later_campaign"],
        title="What two years changed for students",
        words=LATER_WORDS,
        results=(*_twice_asked(before), *LATER),
        month=29,
    )


def _published(
    world: World,
    campaign: Campaign,
    *,
    title: str,
    words: str,
    results: tuple[tuple[Question, str], ...],
    month: int,
) -> situation.Analysis:
    by = world.coordinator("cacak")
    at: datetime = world.month(month, day=8)
    analysis = situation.begin_analysis(answer_set=campaign.answer_set, title=title, by=by, at=at)
    for question, remark in results:
        situation.keep_result(analysis_id=analysis.pk, question=question, remark=remark, by=by, at=at)
    situation.describe_analysis(analysis_id=analysis.pk, title=title, summary=words, by=by, at=at)
    return situation.publish_analysis(analysis_id=analysis.pk, by=by, at=world.month(month, day=12))
