"""The consortium: founded, its partners invited one by one, and one more institution at the door."""

from __future__ import annotations

from biosint.consortium import api as consortium
from biosint.portal.demonstration.world import PROJECT_MONTHS, World

SUMMARY = {
    "en": "Nine faculties of medicine, dentistry, pharmacy and nursing bring the world to students who stay at home. "
    "Mixed teams of four professions and six countries solve cases together, teachers open their syllabi, and each "
    "faculty learns what works, counts it, and shows it.",
    "sr": "Девет факултета медицине, стоматологије, фармације и сестринства доносе свет студентима који остају код куће. "
    "Мешовити тимови четири струке и шест земаља заједно решавају случајеве, наставници отварају своје силабусе, а сваки "
    "факултет учи шта делује, броји то и показује.",
    "sq": "Nëntë fakultete të mjekësisë, stomatologjisë, farmacisë dhe infermierisë u sjellin botën studentëve që rrinë në shtëpi. "
    "Ekipe të përziera nga katër profesione dhe gjashtë vende zgjidhin raste së bashku, mësuesit hapin syllabuset e tyre, dhe çdo "
    "fakultet mëson çfarë funksionon, e numëron dhe e tregon.",
}
DISCLAIMER = (
    "This consortium is invented for the demonstration of the platform. A real one shows here the sentence "
    "that its funder asks for."
)
# Month and day on which each partner accepted its letter.
JOINED = {
    "mechelen": (1, 8),
    "valjevo": (1, 9),
    "zvornik": (1, 12),
    "niksic": (1, 15),
    "deva": (1, 21),
    "pogradec": (2, 3),
    "trebinje": (2, 9),
    "berat": (2, 16),
}
AT_THE_DOOR = {
    "name": "Pčinja Faculty of Pharmacy",
    "short_name": "Pčinja Pharmacy",
    "country": "MK",
    "city": "Kumanovo",
    "latitude": 42.13222,
    "longitude": 21.71444,
    "time_zone": "Europe/Skopje",
    "fields": "pharmacy",
    "students": 390,
    "teachers": 41,
}
WHY = (
    "Two of our students took part in your course as guests and talk of nothing else. We teach pharmacy in Macedonian "
    "and Albanian, two of our teachers would like to run a case on antibiotics, and we want to see where we stand "
    "with the index."
)


def tell(world: World) -> None:
    leader = world.coordinator("cacak")
    project = consortium.found(
        title="Internationalisation at home for the health professions",
        acronym="BIOSINT demonstration consortium",
        programme="Capacity building in higher education (invented)",
        grant_reference="DEMO-2026-036",
        start_date=world.project_start.date(),
        months=PROJECT_MONTHS,
        coordinator=world.institution("cacak"),
        summary=SUMMARY,
        disclaimer=DISCLAIMER,
        by=leader,
        at=world.project_start,
    )
    for key, (month, day) in JOINED.items():
        partner = world.coordinator(key)
        letter = consortium.invite(
            consortium=project,
            institution=world.institution(key),
            email=partner.email,
            by=leader,
            at=world.month(month, day=2),
        )
        consortium.accept_invitation(token=letter.token, by=partner, at=world.month(month, day=day))
    world.kept["consortium"] = project
    world.kept["asking_to_join"] = consortium.ask_to_join(
        consortium=project,
        institution=AT_THE_DOOR,
        why=WHY,
        by=next(outsider for outsider in world.outsiders if outsider.country == "MK"),
        at=world.today,
    )
