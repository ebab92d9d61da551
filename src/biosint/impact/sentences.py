"""Says in whole sentences and pictures what a comparison found, also where the course at home loses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.impact.calculation import Inputs
from biosint.impact.models import Version
from biosint.shared import charts
from biosint.shared.verdicts import Sentence

PERSPECTIVES: dict[str, Sentence] = {
    "faculty": gettext_lazy("The faculties"),
    "funder": gettext_lazy("The funder"),
    "participant": gettext_lazy("The learners"),
    "society": gettext_lazy("All together"),
}
TRANSPORTS: dict[str, Sentence] = {
    "coach": gettext_lazy("coach"),
    "short_haul_flight": gettext_lazy("plane"),
    "long_haul_flight": gettext_lazy("plane, long distance"),
}
FACTORS: dict[str, Sentence] = {
    "virtual_exchange_ceiling": gettext_lazy("EU support for one learner of a virtual exchange, at most"),
    "student_mobility_grant": gettext_lazy("Grant for one student’s stay abroad, on average"),
    "short_haul_flight": gettext_lazy("Flight, short distance"),
    "long_haul_flight": gettext_lazy("Flight, long distance"),
    "coach": gettext_lazy("Coach"),
    "hotel_night": gettext_lazy("Night in a hotel"),
    "video_hour": gettext_lazy("Hour of a video call"),
    "earth_radius": gettext_lazy("Radius of the Earth, for distances"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the summary. ``tone`` is for the eye; the sentence says it all."""

    title: Sentence
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was entered."""

    label: Sentence
    value: str


def written(value: float, digits: int = 0) -> str:
    # Django cuts digits off; people round.
    return str(number_format(round(value, digits), decimal_pos=digits, force_grouping=True))


def rounded(value: float) -> str:
    """Write a figure as exactly as it is known: two or three digits that count."""
    size = abs(value)
    if size >= 10_000:
        return written(round(value, -3))
    if size >= 1_000:
        return written(round(value, -2))
    if size >= 100:
        return written(round(value, -1))
    return written(value, 0 if size >= 10 else 1)


TONES = {"home": "success", "mobility": "danger", "depends": "info"}


@dataclass(frozen=True, slots=True)
class FactorUsed:
    """One factor as it is listed: every digit of it, its ends where the sources differ, year and source."""

    name: Sentence
    value: str
    range: str
    unit: str
    year: str
    source: str
    note: str


def factors(version: Version) -> list[FactorUsed]:
    """List every factor that went in."""
    return [
        FactorUsed(
            name=FACTORS.get(kept["code"], kept["code"]),
            value=_exact(kept["value"]),
            range=""
            if kept["low"] == kept["high"]
            else _("%(low)s to %(high)s") % {"low": _exact(kept["low"]), "high": _exact(kept["high"])},
            unit=kept["unit"],
            year=str(kept["year"]),
            source=kept["source"],
            note=kept["note"],
        )
        for kept in version.figures["factors"]
    ]


def _exact(value: float) -> str:
    return str(number_format(Decimal(str(value)).normalize(), force_grouping=True))


def findings(version: Version) -> list[Finding]:
    """Return the summary: money for all and for the faculties, work, climate, credits."""
    figures = version.figures
    money = figures["money"]
    return [
        Finding(_("Money"), _money(money["society"]), TONES[money["society"]["less"]]),
        Finding(_("Money of the faculties"), _faculty(money["faculty"]), TONES[money["faculty"]["less"]]),
        Finding(_("Work"), _hours(figures["hours"]), TONES[figures["hours"]["less"]]),
        Finding(_("Climate"), _co2(figures["co2"]), TONES[figures["co2"]["less"]]),
        Finding(_("Credits"), _credits(version), _credit_tone(figures["icer"]["quadrant"])),
    ]


def _told(pair: dict[str, Any]) -> dict[str, str]:
    return {"home": rounded(pair["home"][1]), "abroad": rounded(pair["mobility"][1])}


def _money(pair: dict[str, Any]) -> str:
    sentences = {
        "home": _(
            "All money counted together, the course at home took less: about EUR %(home)s, against about EUR %(abroad)s for as many stays abroad."
        ),
        "mobility": _(
            "All money counted together, the course at home loses: it took about EUR %(home)s, as many stays abroad would take about EUR %(abroad)s."
        ),
        "depends": _(
            "All money counted together, it is not certain which way takes less: about EUR %(home)s at home, about EUR %(abroad)s abroad, and both are known only roughly."
        ),
    }
    return sentences[pair["less"]] % _told(pair)


def _faculty(pair: dict[str, Any]) -> str:
    sentences = {
        "home": _(
            "For the faculties alone, the course took less: about EUR %(home)s for working hours and platform, against about EUR %(abroad)s for arranging the stays."
        ),
        "mobility": _(
            "For the faculties alone, the course at home loses: working hours and platform took about EUR %(home)s, arranging the stays would take about EUR %(abroad)s. The grant for a stay comes from the funder, the teacher’s hour does not."
        ),
        "depends": _(
            "For the faculties alone, it is not certain which way takes less: about EUR %(home)s for working hours and platform, about EUR %(abroad)s for arranging the stays."
        ),
    }
    return sentences[pair["less"]] % _told(pair)


def _hours(pair: dict[str, Any]) -> str:
    sentences = {
        "home": _(
            "The course took less work of teachers and staff: about %(home)s hours, against about %(abroad)s for arranging the stays."
        ),
        "mobility": _(
            "The course took more work of teachers and staff: about %(home)s hours, against about %(abroad)s for arranging the stays."
        ),
        "depends": _(
            "It is not certain which way takes less work: about %(home)s hours of teachers and staff for the course, about %(abroad)s for arranging the stays."
        ),
    }
    return sentences[pair["less"]] % _told(pair)


def _co2(pair: dict[str, Any]) -> str:
    sentences = {
        "home": _(
            "The course at home set free less CO2: about %(home)s kg in video calls, against about %(abroad)s kg for the journeys."
        ),
        "mobility": _(
            "The course at home set free more CO2: about %(home)s kg in video calls, against about %(abroad)s kg for the journeys."
        ),
        "depends": _(
            "It is not certain which way sets free less CO2: about %(home)s kg in video calls, about %(abroad)s kg for the journeys. Published figures for a video call differ widely."
        ),
    }
    return sentences[pair["less"]] % _told(pair)


def _credit_tone(quadrant: str) -> str:
    return {"dominant": "success", "dominated": "danger"}.get(quadrant, "info")


def _credits(version: Version) -> str:
    found = version.figures["icer"]
    sentences = {
        "dominant": _(
            "For each learner, the course gave no fewer ECTS credits (%(home)s against %(abroad)s) and took no more money."
        ),
        "dominated": _(
            "For each learner, the course gave no more ECTS credits (%(home)s against %(abroad)s) and took no less money: measured in credits, it loses."
        ),
        "costs_more_achieves_more": _(
            "For each learner, the course gave more ECTS credits (%(home)s against %(abroad)s) and took more money: about EUR %(ratio)s for each further credit."
        ),
        "costs_less_achieves_less": _(
            "A stay abroad gives more ECTS credits (%(abroad)s against %(home)s). For each credit given up, the course at home saves about EUR %(ratio)s."
        ),
        "equal": _("For each learner, both ways give the same ECTS credits and take the same money."),
    }
    return sentences[found["quadrant"]] % {
        "home": written(version.figures["course_ects"], 1),
        "abroad": written(version.inputs["mobility_ects"], 1),
        "ratio": rounded(found["ratio"] or 0),
    }


def break_even(version: Version) -> list[tuple[Sentence, str]]:
    """Say for whom the course begins to pay, and from how many learners on."""
    return [
        (PERSPECTIVES[who], _from_on(*version.figures["break_even"][who])) for who in ("society", "faculty")
    ]


def _from_on(best: int | None, central: int | None, worst: int | None) -> str:
    numbers = {"best": best, "central": central, "worst": worst}
    if best is None:
        return _("However many learners take part, the course at home does not take less money.")
    if central is None:
        return (
            _(
                "Most likely the course at home never takes less money; in the best case it does when the number of learners reaches %(best)s."
            )
            % numbers
        )
    if worst is None:
        return (
            _(
                "The course at home begins to take less money when the number of learners reaches %(central)s; in the worst case it never does."
            )
            % numbers
        )
    if best == worst:
        return (
            _("The course at home begins to take less money when the number of learners reaches %(central)s.")
            % numbers
        )
    return (
        _(
            "The course at home begins to take less money when the number of learners reaches %(central)s (%(best)s in the best case, %(worst)s in the worst)."
        )
        % numbers
    )


def pictures(version: Version) -> list[charts.DotsWithIntervals]:
    """Draw low, central and high of both ways: money by who pays, work, climate."""
    figures = version.figures
    source = _("%(set)s; what was entered for the course") % {"set": version.factor_set}
    titles = {
        "home": _("%(what)s: less at home"),
        "mobility": _("%(what)s: less abroad"),
        "depends": _("%(what)s: not certain which way takes less"),
    }

    ways = [("home", _("at home")), ("mobility", _("abroad"))]

    def drawn(what: str, less: str, unit: Sentence, rows: list[charts.Dot]) -> charts.DotsWithIntervals:
        return charts.dots_with_intervals(
            title=titles[less] % {"what": what},
            rows=rows,
            unit=unit,
            digits=0,
            interval_label=_("from lowest to highest"),
            source=source,
        )

    def both(pair: dict[str, Any]) -> list[charts.Dot]:
        return [_dot(name, pair[way]) for way, name in ways]

    money = figures["money"]
    payers = [
        _dot(label, money[who][way], group=name) for who, label in PERSPECTIVES.items() for way, name in ways
    ]
    return [
        drawn(_("Money"), money["society"]["less"], "EUR", payers),
        drawn(_("Hours of teachers and staff"), figures["hours"]["less"], "h", both(figures["hours"])),
        drawn(_("CO2"), figures["co2"]["less"], "kg", both(figures["co2"])),
    ]


def _dot(label: Sentence, ends: list[float], *, group: Sentence = "") -> charts.Dot:
    low, central, high = ends
    return charts.Dot(label=label, estimate=central, low=low, high=high, group=group)


def entries(inputs: Inputs) -> list[Entry]:
    """Return everything that was entered, in the order of the form."""
    hours, euro = _("%s hours"), _("EUR %s")
    grant = _("the average of the factors") if inputs.grant is None else euro % written(inputs.grant)
    return [
        Entry(_("Hours to develop the course, once"), hours % written(inputs.development_hours)),
        Entry(_("Runs that share the development"), written(inputs.runs)),
        Entry(_("Hours of teachers in one run"), hours % written(inputs.teacher_hours)),
        Entry(_("Hours of facilitators in one run"), hours % written(inputs.facilitator_hours)),
        Entry(_("Further hours for each learner"), hours % written(inputs.hours_per_learner, 1)),
        Entry(_("The hours may be off by"), _("%s per cent") % written(inputs.hours_uncertainty)),
        Entry(
            _("One working hour, all charges included"),
            _("EUR %(central)s (%(low)s to %(high)s)")
            % {
                "central": written(inputs.hourly_cost, 1),
                "low": written(inputs.hourly_cost_low, 1),
                "high": written(inputs.hourly_cost_high, 1),
            },
        ),
        Entry(_("Platform, for one run"), euro % written(inputs.platform_cost)),
        Entry(_("Hours of video for each learner"), hours % written(inputs.online_hours, 1)),
        Entry(_("Days of the stay abroad"), written(inputs.mobility_days)),
        Entry(_("Nights of it in a hotel"), written(inputs.hotel_nights)),
        Entry(_("ECTS credits of the stay"), written(inputs.mobility_ects, 1)),
        Entry(_("Hours to arrange one stay"), hours % written(inputs.administration_hours, 1)),
        Entry(_("Grant for one stay"), grant),
        Entry(
            _("What a learner pays beyond the grant"),
            _("EUR %(low)s to %(high)s") % {"low": written(inputs.own_low), "high": written(inputs.own_high)},
        ),
        Entry(_("By coach up to"), _("%s km, farther by plane") % written(inputs.coach_up_to_km)),
    ]
