"""States of what situation owns, and their legal moves. Plain data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """A round of the index. A closed round never changes."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open for values")
    CLOSED = "closed", _("closed")


ROUND_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.OPEN}),
    RoundState.OPEN: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
}


class SourceKind(TextChoices):
    """What a source of the desk research is."""

    ARTICLE = "article", _("article")
    BOOK = "book", _("book or chapter")
    REPORT = "report", _("report")
    WEB = "web", _("web page")
    LAW = "law", _("law or standard")
    STRATEGY = "strategy", _("strategy")
    OTHER = "other", _("other")


class Grade(TextChoices):
    """How much a finding can carry. Two may differ; then the more careful one counts."""

    A = "A", _("A: carries a decision")
    B = "B", _("B: can be relied on")
    C = "C", _("C: a hint")
    D = "D", _("D: a voice")


GRADE_MEANINGS: dict[Grade, object] = {
    Grade.A: _(
        "Several places or many cases, the way to the result is laid open, and others came to the same."
    ),
    Grade.B: _("One careful study or an official figure. It says how it was made and where its limits are."),
    Grade.C: _("Few cases, or half of the way is not told, or the author gains from the result."),
    Grade.D: _("An opinion, an announcement or an example, without saying how one can know."),
}


class Bearing(TextChoices):
    """What a finding from outside means for the institutions here."""

    CONTEXT = "context", _("neither: it only describes")
    OPPORTUNITY = "opportunity", _("an opportunity")
    THREAT = "threat", _("a threat")


class ReportState(TextChoices):
    """A report on the situation. A final one never changes."""

    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")


class ReportWords(TextChoices):
    """The parts of a report that people write themselves, in the order of the paper."""

    ABSTRACT = "abstract", _("Abstract")
    INTRODUCTION = "introduction", _("Introduction")
    SETTING = "setting", _("Setting and ethics")
    DISCUSSION = "discussion", _("Discussion")
    LIMITATIONS = "limitations", _("Further limitations")
    CONCLUSIONS = "conclusions", _("Conclusions")
    DECLARATIONS = "declarations", _("Funding, interests and thanks")


class Side(TextChoices):
    """The four sides of a SWOT: the first two look inside, the last two outside."""

    STRENGTH = "S", _("Strengths")
    WEAKNESS = "W", _("Weaknesses")
    OPPORTUNITY = "O", _("Opportunities")
    THREAT = "T", _("Threats")


class StatementState(TextChoices):
    """Where a statement of a workshop stands. Nothing is lost: what was put aside can be taken again."""

    PROPOSED = "proposed", _("proposed")
    KEPT = "kept", _("taken")
    DISCARDED = "discarded", _("put aside")
    MERGED = "merged", _("joined to another")


class Pairing(TextChoices):
    """The four fields of a TOWS matrix: an inner side meets an outer one."""

    SO = "SO", _("Use strengths to take opportunities")
    WO = "WO", _("Mend weaknesses by opportunities")
    ST = "ST", _("Use strengths against threats")
    WT = "WT", _("Mend weaknesses that threats would hit")

    @property
    def inside(self) -> Side:
        return Side(self.value[0])

    @property
    def outside(self) -> Side:
        return Side(self.value[1])


class Opinion(TextChoices):
    """What a reviewing institution says about a value, and what the institution says back."""

    AGREES = "agrees", _("agrees")
    ASKS = "asks", _("asks")
    DISAGREES = "disagrees", _("disagrees")
    ANSWERS = "answers", _("answers")


# What a reviewer can say; an answer is the institution's.
OF_REVIEWERS = (Opinion.AGREES, Opinion.ASKS, Opinion.DISAGREES)


class ReviewStanding(TextChoices):
    """How one value stands between an institution and its reviewer."""

    UNSEEN = "unseen", _("not reviewed yet")
    AGREED = "agreed", _("agreed")
    ASKED = "asked", _("question open")
    DISPUTED = "disputed", _("disputed")
    ANSWERED = "answered", _("answered, to be looked at")
    MENDED = "mended", _("changed since, to be looked at")


# Who has the next word.
WAITS_FOR_REVIEWER = frozenset({ReviewStanding.UNSEEN, ReviewStanding.ANSWERED, ReviewStanding.MENDED})
WAITS_FOR_INSTITUTION = frozenset({ReviewStanding.ASKED, ReviewStanding.DISPUTED})
