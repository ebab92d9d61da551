"""One specimen of every component in every state, for the gallery. Names and numbers are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from biosint.shared import charts
from biosint.shared.map import Point
from biosint.shared.verdicts import ALLOWED, refused

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)

COUNTRIES = ("rs", "ba", "me", "al", "be", "ro", "hr", "si", "mk", "nl", "de", "at", "it", "gr", "bg", "hu")
COUNTRIES_MORE = (
    "pl",
    "cz",
    "sk",
    "fr",
    "es",
    "pt",
    "se",
    "fi",
    "dk",
    "no",
    "ie",
    "ch",
    "tr",
    "ua",
    "xk",
    "md",
)


POINTS = (
    Point("Čačak", 43.89, 20.35),
    Point("Foča", 43.51, 18.78),
    Point("Mostar", 43.34, 17.81),
    Point("Kotor", 42.42, 18.77),
    Point("Korçë", 40.62, 20.78),
    Point("Ghent", 51.05, 3.72),
    Point("Sibiu", 45.79, 24.15),
    Point("Novi Sad", 45.26, 19.83),
    Point("Bijeljina", 44.76, 19.21),
)
LINKS = ((0, 1, 1.0), (0, 5, 0.4), (1, 3, 0.6), (2, 4, 0.2), (5, 6, 0.5), (7, 8, 0.7), (3, 6, 0.3))


@dataclass(frozen=True, slots=True)
class Place:
    short_name: str
    country: str


@dataclass(frozen=True, slots=True)
class Somebody:
    name: str
    country: str

    def __str__(self) -> str:
        return self.name


class Registration(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="Your name", help_text="As it should stand on a certificate.")
    email = forms.EmailField(label="E-mail address")
    about = forms.CharField(label="About you", widget=forms.Textarea, required=False)
    country = forms.ChoiceField(label="Country", choices=[("rs", "Serbia"), ("ba", "Bosnia and Herzegovina")])
    level = forms.ChoiceField(
        label="Level of English",
        help_text="Your own estimate is enough.",
        choices=[("a2", "A2, simple sentences"), ("b1", "B1, everyday talk"), ("b2", "B2, lectures")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Days that suit you",
        choices=[("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    starts = forms.DateField(
        label="First day", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    letter = forms.FileField(label="Letter of your faculty", required=False)
    agreed = forms.BooleanField(label="I have read how my answers are used")


def _charts() -> list[charts.Chart]:
    return [
        charts.bars(
            title="Two of five faculties already reach their target for courses taught in English",
            description="Share of courses open to incoming students, 2026, with the target of each faculty.",
            source="invented figures",
            unit="%",
            maximum=100,
            rows=[
                ("Faculty of Medicine, Gornji Breg", 62, 60),
                ("Faculty of Dentistry, Riverside", 41, 50),
                ("Faculty of Pharmacy, Old Harbour", 55, 50),
                ("Faculty of Nursing, Lakeview, with its two branch departments in the mountains", 18, 45),
                ("Faculty of Medicine, Plainfield", None, 40),
            ],
        ),
        charts.bars(
            title="Physical mobility fell while virtual courses grew",
            description="Change in students abroad since 2023.",
            rows=[("Semester abroad", -38), ("Short visits", -12), ("Virtual courses", 214)],
        ),
        charts.stacked(
            title="Most students agree that they would join a course from home",
            description="“I would take a course with students of another country.”",
            source="invented survey of 1,204 students",
            parts=["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"],
            ordered=True,
            rows=[
                ("Medicine", [12, 30, 80, 210, 160]),
                ("Dentistry", [8, 22, 41, 90, 33]),
                ("Pharmacy", [4, 9, 60, 130, 82]),
                ("Nursing", [0, 0, 0, 0, 0]),
            ],
        ),
        charts.stacked(
            title="Every team joins at least three professions",
            parts=["Medicine", "Dentistry", "Pharmacy", "Nursing"],
            rows=[("Team Heron", [3, 1, 1, 1]), ("Team Otter", [2, 2, 1, 1]), ("Team Lynx", [2, 1, 0, 3])],
        ),
        charts.dots_with_intervals(
            title="Confidence in working abroad grew; attitudes to travel did not change",
            description="Standardised change after one course.",
            reference=0,
            reference_label="Dashed line: no change",
            interval_label="Lines: 95 % confidence intervals",
            source="invented, 212 pairs",
            rows=[
                charts.Dot("Intercultural confidence", 0.48, 0.31, 0.65, "Course"),
                charts.Dot("Intercultural confidence", 0.06, -0.11, 0.23, "Comparison"),
                charts.Dot("Attitude to travel", 0.02, -0.14, 0.18, "Course"),
                charts.Dot("European identity", 0.17, 0.01, 0.33, "Course"),
                charts.Dot("Digital teamwork", None, None, None, "Course"),
            ],
        ),
        charts.slopes(
            title="Seven of eight dimensions rose between the two rounds of the index",
            before_label="2024",
            after_label="2026",
            source="invented index of one faculty",
            rows=[
                ("Strategy", 31, 58),
                ("Curriculum", 42, 61.5),
                ("Teaching staff", 40, 60.5),
                ("Students", 44, 62),
                ("Administration", 28, 47),
                ("Digital learning", 55, 72),
                ("Partnerships", 60, 54),
                ("Quality assurance", 39, 46.5),
            ],
        ),
        charts.gantt(
            title="The work package on courses runs two months late",
            description="Dark: done. Underlined: on the critical path. Diamonds: milestones.",
            today=dt.date(2025, 2, 10),
            rows=[
                charts.Span("Courses", dt.date(2024, 1, 15), dt.date(2025, 12, 15), heading=True),
                charts.Span("Find partner teachers", dt.date(2024, 1, 15), dt.date(2024, 6, 30), done=1),
                charts.Span(
                    "Design eight joint courses",
                    dt.date(2024, 5, 1),
                    dt.date(2025, 3, 31),
                    done=0.6,
                    critical=True,
                    markers=(charts.Marker(dt.date(2025, 1, 31), "Syllabi approved"),),
                ),
                charts.Span(
                    "Teach the first round", dt.date(2025, 2, 15), dt.date(2025, 7, 1), critical=True
                ),
                charts.Span("Revise after evaluation", dt.date(2025, 7, 1), dt.date(2025, 12, 15)),
            ],
        ),
        charts.week_strip(
            title="Wednesday evening suits everybody",
            description="People of one team who are free, by hour.",
            zone="Europe/Belgrade",
            everybody=6,
            hours=[
                min(6, max(0, 6 - abs(hour - 19) - (2 if day in {4, 5} else 0) - abs(day - 2)))
                for day in range(7)
                for hour in range(24)
            ],
        ),
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the gallery shows."""
    wrong = Registration({"wrong-email": "somebody"}, prefix="wrong")
    return {
        "trail": [("Home", "/"), ("Components", request.path)],
        "tones": ("info", "success", "warning", "danger"),
        "allowed": ALLOWED,
        "forbidden": refused("Only a coordinator of the host faculty can admit learners. Ask Mira Lakić."),
        "form": Registration(prefix="fresh"),
        "wrong": wrong,
        "drop": Registration(prefix="drop")["letter"],
        "tabs": [("Overview", "#tabs", True), ("Teams", "#teams", False), ("Marks", "#marks", False)],
        "steps": ["Choose a course", "Learning agreement", "Your team", "Certificate"],
        "page": Paginator(range(400), 20).page(7),
        "somebody": Somebody("Mira Lakić", "rs"),
        "guest": Somebody("Jon Hoxha", "al"),
        "place": Place("Medicine, Gornji Breg", "rs"),
        "other_place": Place("Nursing, Lakeview", "ba"),
        "countries": COUNTRIES + COUNTRIES_MORE,
        "noon": NOON,
        "happened": [
            {"at": NOON, "title": "Admitted to Shared wards", "url": "#timeline", "text": "By Mira Lakić"},
            {"at": NOON - dt.timedelta(days=4), "title": "Applied", "url": "", "text": ""},
        ],
        "serbian": {"sr": "Интернационализација код куће"},
        "both": {"en": "Internationalisation at home", "sr": "Интернационализација код куће"},
        "written": "## What to bring\n\nA **white coat** and [your card](https://example.org).\n\n"
        "1. Read the case\n2. Talk to your team\n\n> Nobody can solve it alone.",
        "charts": _charts(),
        "points": POINTS,
        "links": LINKS,
        "icons": (
            "house",
            "graduation-cap",
            "stethoscope",
            "pill",
            "users",
            "calendar",
            "file-check",
            "award",
        ),
    }
