"""Teachers of the invented faculties seek partners; two of them have begun to talk."""

from __future__ import annotations

import uuid
from datetime import timedelta

from biosint.partnering import api as partnering
from biosint.portal.demonstration.world import World

NAMESPACE = uuid.UUID("6f2b7e52-6a34-4c39-9a55-3d0e5b1c0a39")

# Institution, kind, title, text, subject, keywords.
OFFERS = (
    (
        "cacak",
        "course",
        "Antibiotics at the ward round",
        "Twenty students of the fifth year look for a team abroad: four weeks, one case a week, one guideline compared.",
        "0912",
        ["antibiotics", "sepsis", "guidelines"],
    ),
    (
        "mechelen",
        "course",
        "When does a fever become sepsis?",
        "Our students of the fourth year would decide on invented patients together with students elsewhere.",
        "0912",
        ["sepsis", "triage", "teamwork"],
    ),
    (
        "deva",
        "place",
        "Places in a short course on safe medication",
        "Ten places for students of any faculty, three weeks in the evening, in English.",
        "0916",
        ["medication safety", "antibiotics", "teamwork"],
    ),
    (
        "valjevo",
        "lecture",
        "Guest lecture: patient safety in another health system",
        "One hour online for forty students, with time for questions.",
        "0916",
        ["patient safety", "teamwork"],
    ),
)


def tell(world: World) -> None:
    made = []
    for number, (key, kind, title, text, subject, keywords) in enumerate(OFFERS):
        made.append(
            partnering.make_offer(
                key=uuid.uuid5(NAMESPACE, title),
                institution=world.institution(key),
                kind=kind,
                title=title,
                text=text,
                subject=subject,
                keywords=keywords,
                start_date=(world.today + timedelta(days=90 + 7 * number)).date(),
                end_date=(world.today + timedelta(days=160)).date(),
                until_date=(world.today + timedelta(days=60)).date(),
                by=world.teacher(key),
                at=world.today - timedelta(days=12 - number),
            )
        )
    asker = world.teacher("mechelen")
    contact = partnering.ask(
        offer_id=made[0].pk,
        institution=world.institution("mechelen"),
        text="Your four weeks fit our spring term. Could our students take part in two of the cases?",
        key=uuid.uuid5(NAMESPACE, "first message"),
        by=asker,
        at=world.today - timedelta(days=5),
    )
    partnering.write(
        contact_id=contact.pk,
        text="Gladly. Let us begin with the second case; I will send the outline this week.",
        key=uuid.uuid5(NAMESPACE, "answer"),
        by=world.teacher("cacak"),
        at=world.today - timedelta(days=4),
    )
