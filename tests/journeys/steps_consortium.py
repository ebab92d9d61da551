"""Chapter one: institutions and their people come together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from biosint.people.api import open_account
from journeys.walking import address_of, letters_to

if TYPE_CHECKING:
    from journeys.walking import Thread, Walker

PASSWORD = "sedam belih golubova"
LOZNICA = {
    "name": "Faculty of Medicine, Loznica",
    "short_name": "FM Loznica",
    "country": "Serbia",
    "city": "Loznica",
    "time_zone": "Europe/Belgrade",
    "latitude": "44.53",
    "longitude": "19.22",
    "fields": "medicine",
}
LEZHE = {
    "name": "Faculty of Nursing, Lezhë",
    "short_name": "FN Lezhë",
    "country": "Albania",
    "city": "Lezhë",
    "time_zone": "Europe/Tirane",
    "latitude": "41.78",
    "longitude": "19.64",
    "fields": "nursing",
}
TURDA = {
    "name": "Faculty of Pharmacy, Turda",
    "short_name": "FP Turda",
    "country": "Romania",
    "city": "Turda",
    "time_zone": "Europe/Bucharest",
    "latitude": "46.57",
    "longitude": "23.78",
    "fields": "pharmacy",
}
STAFF = [
    ("Ksenija", "Lukić", LOZNICA, "staff"),
    ("Elira", "Dervishi", LEZHE, "teacher"),
    ("Luan", "Gjoni", LEZHE, "staff"),
]
STUDENTS = [
    ("Filip", "Ilić", LOZNICA, "medicine", "B2", "sr"),
    ("Gordana", "Tasić", LOZNICA, "medicine", "C1", "sr"),
    ("Hana", "Marku", LEZHE, "nursing", "B1", "sq"),
    ("Ilir", "Hoxha", LEZHE, "nursing", "B2", "sq"),
]


def tell(thread: Thread) -> None:
    an_administrator_runs_the_site(thread)
    the_first_institution_is_entered_and_gets_its_coordinator(thread)
    the_coordinator_founds_a_consortium(thread)
    a_second_institution_is_invited_and_accepts_the_letter(thread)
    a_third_institution_asks_and_is_let_in(thread)
    the_people_of_the_institutions_come(thread)
    offices_are_given(thread)
    students_say_who_they_are(thread)
    everybody_sees_the_partners_on_the_map(thread)


def an_administrator_runs_the_site(thread: Thread) -> None:
    """The only account that no page makes: the operation behind the command for operators."""
    open_account(
        email=address_of("Iva"), name="Iva Đorđević", password=PASSWORD, at=timezone.now(), is_staff=True
    )


def signs_up(thread: Thread, first_name: str, family_name: str, *, phone: bool = False) -> Walker:
    newcomer = thread.stranger(phone=phone)
    newcomer.opens("/account/login/").follows("Make one")
    newcomer.writes(name=f"{first_name} {family_name}", email=address_of(first_name), password1=PASSWORD)
    newcomer.presses("Make my account")
    return thread.knows(first_name, newcomer)


def asks_to_be_confirmed(person: Walker, institution: dict[str, str], kind: str) -> None:
    person.follows("Add an institution").follows(institution["name"])
    person.writes(kind=kind).presses("Ask").reads(f"{institution['name']} has been asked.")


def the_first_institution_is_entered_and_gets_its_coordinator(thread: Thread) -> None:
    iva = thread.person("Iva")
    iva.opens("/institutions/").follows("Enter an institution")
    iva.writes(**LOZNICA).presses("Save").reads("Name its coordinator next.")

    asks_to_be_confirmed(signs_up(thread, "Vesna", "Marković"), LOZNICA, "teacher")

    iva.opens("/institutions/").follows(LOZNICA["name"]).follows("People")
    iva.presses("Confirm").reads("Vesna Marković now belongs to")
    gives_office(thread, "Iva", LOZNICA, "Vesna Marković", "coordinator")


def gives_office(thread: Thread, giver: str, institution: dict[str, str], person: str, office: str) -> None:
    keeper = thread.person(giver)
    keeper.opens("/institutions/").follows(institution["name"]).follows("People").follows("Give an office")
    keeper.chooses("Person", person)
    keeper.writes(office=office).presses("Give the office").reads(f"{person} now is:")


def the_coordinator_founds_a_consortium(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/partners/").follows("Found a consortium")
    vesna.writes(
        title="Health without borders, from home",
        acronym="HEALHOME",
        summary_en="Students of three countries learn together without travelling.",
        summary_sr="Студенти из три земље уче заједно, а не путују.",
        start_date=timezone.localdate().replace(day=1).isoformat(),
        months="36",
        disclaimer="Funded by the European Union. Views are those of the authors only.",
    )
    vesna.presses("Found it").reads("is founded. Invite the partners next.")


def a_second_institution_is_invited_and_accepts_the_letter(thread: Thread) -> None:
    vesna = thread.person("Vesna")
    vesna.opens("/partners/healhome/").follows("Invite an institution").follows("It is not in this list")
    vesna.writes(**LEZHE, email=address_of("Blerim"), role="partner").presses("Send the letter")
    vesna.reads("The letter is on its way")
    letter = letters_to(address_of("Blerim"))[0]
    link = re.search(r"http://[^/\s]+(/partners/invitation/\S+)", letter)
    assert link, letter

    blerim = signs_up(thread, "Blerim", "Kola")
    blerim.opens(link.group(1)).presses("Accept for the institution").reads("is a member now. Welcome.")


def a_third_institution_asks_and_is_let_in(thread: Thread) -> None:
    cristina = signs_up(thread, "Cristina", "Pop")
    cristina.opens("/partners/").follows("Join").follows("It is not in this list")
    cristina.writes(**TURDA, role="partner", why="We teach pharmacy in English and look for mixed teams.")
    cristina.presses("Ask to join")

    vesna = thread.person("Vesna")
    vesna.opens("/").follows(TURDA["name"]).presses("Let the institution in")


def the_people_of_the_institutions_come(thread: Thread) -> None:
    for first_name, family_name, institution, kind in STAFF:
        asks_to_be_confirmed(signs_up(thread, first_name, family_name), institution, kind)
    for first_name, family_name, institution, *_profile in STUDENTS:
        student = signs_up(thread, first_name, family_name, phone=True)
        asks_to_be_confirmed(student, institution, "student")
    for keeper, institution in (("Vesna", LOZNICA), ("Blerim", LEZHE)):
        walker = thread.person(keeper)
        walker.opens("/institutions/").follows(institution["name"]).follows("People")
        while walker.page.get_by_role("button", name="Confirm", exact=True).count():
            walker.presses("Confirm")


def offices_are_given(thread: Thread) -> None:
    gives_office(thread, "Vesna", LOZNICA, "Ksenija Lukić", "dean")
    gives_office(thread, "Blerim", LEZHE, "Luan Gjoni", "quality_board")


def students_say_who_they_are(thread: Thread) -> None:
    for first_name, _family, institution, profession, level, language in STUDENTS:
        student = thread.person(first_name, phone=True)
        student.opens("/people/me/").writes(
            time_zone=institution["time_zone"],
            country=institution["country"],
            profession=profession,
            native_language=language,
            english_level=level,
            free_hours="Mon 17:00-20:00; Wed 18:00-21:00",
        )
        student.presses("Save").reads("saved")


def everybody_sees_the_partners_on_the_map(thread: Thread) -> None:
    visitor = thread.stranger(phone=True)
    visitor.opens("/partners/")
    for institution in (LOZNICA, LEZHE, TURDA):
        visitor.reads(institution["short_name"])
    assert visitor.page.locator("main svg").get_by_text("FN Lezhë").count()
