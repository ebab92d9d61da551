"""Four good practices in the words of those who tried them: two in use elsewhere, one unread, one sent back."""

from __future__ import annotations

from datetime import timedelta

from biosint.outreach import api as outreach
from biosint.portal.demonstration.world import World

SILENCE = {
    "title": "Ten minutes of writing before anybody speaks",
    "language": "en",
    "need": "In mixed teams the same two people spoke. In our first course a third of the students said nothing in the first two meetings; asked later, most named their English.",
    "deed": "1. The facilitator puts the question into the chat.\n2. For ten minutes everybody **writes** into the shared page, in any language, with the camera off.\n3. Each person reads one sentence of somebody else aloud, in English, and says what they would ask.\n4. Only then does the team talk.",
    "outcome": "In the next course all but two of eighteen students spoke in the first meeting. Teams took longer to reach their first plan, by about a week.",
    "effort": "Ten minutes of each first meeting, and a facilitator who bears the silence. No money.",
}
TWO_KEYS = {
    "title": "Two mentors for each guest: one from the ward, one from the year above",
    "language": "en",
    "need": "Students who come to us from another faculty for a day asked the wrong person the right question: the nurse in charge about lunch, the student about consent.",
    "deed": "Each guest gets two names a week before: a nurse of the ward for everything about patients, a student for everything else. Both write one line to the guest. On the day they meet at the door.",
    "outcome": "Forty-one guests in two years. Nobody waited at the wrong door again. The nurses asked for a shorter form, which we made.",
    "effort": "About one hour of a nurse for each guest; a list kept by the student office.",
}
CREDIT_DAY = {
    "title": "One day a term on which all credit from elsewhere is decided",
    "language": "en",
    "need": "Recognition of credit took between two weeks and five months, depending on who was on leave.",
    "deed": "The vice-dean, the study office and one teacher of each year sit together for one morning in week three. Every open case is on the table with its course page and its certificate. What is clear is signed; what is not gets a name and a date.",
    "outcome": "In two terms, 45 credits decided, the slowest in nine days. Two cases were declined, with the reason in writing.",
    "effort": "One morning of five people. The dean’s decision that the day is binding.",
}
GLOSSARY = {
    "title": "A list of forty words that false friends share",
    "language": "en",
    "need": "Pharmacy students of three languages used the same words for different things.",
    "deed": "Students collect them during the course.",
    "outcome": "They liked it.",
    "effort": "Little.",
}


def tell(world: World) -> None:
    _published(world, "mechelen", SILENCE, month=24, reader="deva", users=("cacak", "niksic"))
    _published(world, "trebinje", TWO_KEYS, month=27, reader="berat", users=("berat",))
    outreach.write_practice(
        institution=world.institution("cacak"),
        **CREDIT_DAY,
        by=world.administrator("cacak"),
        at=world.today - timedelta(days=4),
    )
    sent = outreach.write_practice(
        institution=world.institution("valjevo"), **GLOSSARY, by=world.teacher("valjevo"), at=world.month(29)
    )
    outreach.review_practice(
        practice_id=sent.pk,
        accept=False,
        review="A good idea. How do students collect the words, who checks them, and may we see five of them?",
        by=world.teacher("pogradec"),
        at=world.month(29, day=17),
    )


def _published(
    world: World, key: str, words: dict[str, str], *, month: int, reader: str, users: tuple[str, ...]
) -> None:
    practice = outreach.write_practice(
        institution=world.institution(key), **words, by=world.teacher(key), at=world.month(month)
    )
    outreach.review_practice(
        practice_id=practice.pk,
        accept=True,
        review="Clear enough to do it tomorrow. Keep the sentence about what did not get better.",
        by=world.teacher(reader),
        at=world.month(month, day=19),
    )
    for number, user in enumerate(users, start=1):
        outreach.use_practice(
            practice_id=practice.pk,
            institution=world.institution(user),
            note="In our own course this term, with smaller groups.",
            by=world.teacher(user),
            at=world.month(month + number),
        )
