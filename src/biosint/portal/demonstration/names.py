"""Invented faculties and pools of common names. Any likeness to a person is chance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Faculty:
    key: str
    name: str
    short_name: str
    field_words: str
    profession: str
    country: str
    city: str
    latitude: float
    longitude: float
    time_zone: str
    language: str
    pool: str
    students: int
    teachers: int


FACULTIES = (
    Faculty("cacak", "Morava Faculty of Medicine", "Morava Medicine", "medicine", "medicine", "RS", "Čačak", 43.89139, 20.34972, "Europe/Belgrade", "sr", "south", 1480, 210),
    Faculty("valjevo", "Kolubara Faculty of Pharmacy", "Kolubara Pharmacy", "pharmacy", "pharmacy", "RS", "Valjevo", 44.27513, 19.89821, "Europe/Belgrade", "sr", "south", 620, 84),
    Faculty("zvornik", "Drina Faculty of Medicine", "Drina Medicine", "medicine", "medicine", "BA", "Zvornik", 44.38605, 19.10247, "Europe/Sarajevo", "sr", "south", 940, 137),
    Faculty("trebinje", "Leotar Faculty of Nursing", "Leotar Nursing", "nursing", "nursing", "BA", "Trebinje", 42.71197, 18.34362, "Europe/Sarajevo", "sr", "south", 410, 46),
    Faculty("niksic", "Zeta Faculty of Dentistry", "Zeta Dentistry", "dentistry", "dentistry", "ME", "Nikšić", 42.7731, 18.94446, "Europe/Podgorica", "cnr", "south", 350, 52),
    Faculty("pogradec", "Ohrid Lake Faculty of Dentistry", "Ohrid Lake Dentistry", "dentistry", "dentistry", "AL", "Pogradec", 40.9025, 20.6525, "Europe/Tirane", "sq", "albanian", 480, 58),
    Faculty("berat", "Osum Faculty of Nursing", "Osum Nursing", "nursing", "nursing", "AL", "Berat", 40.70583, 19.95222, "Europe/Tirane", "sq", "albanian", 530, 49),
    Faculty("mechelen", "Dijle Faculty of Medicine", "Dijle Medicine", "medicine", "medicine", "BE", "Mechelen", 51.02574, 4.47762, "Europe/Brussels", "nl", "dutch", 2100, 330),
    Faculty("deva", "Mureș Faculty of Pharmacy", "Mureș Pharmacy", "pharmacy", "pharmacy", "RO", "Deva", 45.88333, 22.9, "Europe/Bucharest", "ro", "romanian", 760, 98),
)  # fmt: skip

# (given names with gender, family names)
Pool = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]
POOLS: dict[str, Pool] = {
    "south": (
        (("Ana", "woman"), ("Jelena", "woman"), ("Milica", "woman"), ("Teodora", "woman"), ("Amina", "woman"), ("Ivana", "woman"), ("Sara", "woman"), ("Nikola", "man"), ("Stefan", "man"), ("Luka", "man"), ("Emir", "man"), ("Marko", "man"), ("Vuk", "man")),
        ("Radenković", "Savić", "Vidaković", "Perunović", "Hadžić", "Milutinović", "Bjelica", "Stanojević", "Krstajić", "Todorović", "Begović", "Lazović"),
    ),
    "albanian": (
        (("Elira", "woman"), ("Arta", "woman"), ("Besa", "woman"), ("Drita", "woman"), ("Klea", "woman"), ("Erion", "man"), ("Ardit", "man"), ("Gent", "man"), ("Luan", "man"), ("Bledi", "man")),
        ("Kola", "Dervishi", "Marku", "Shehu", "Prifti", "Gjoni", "Hasani", "Leka", "Toska", "Bregu"),
    ),
    "dutch": (
        (("Lotte", "woman"), ("Emma", "woman"), ("Noor", "woman"), ("Fien", "woman"), ("Jana", "woman"), ("Lars", "man"), ("Wout", "man"), ("Seppe", "man"), ("Daan", "man"), ("Bram", "man")),
        ("Peeters", "Claes", "Wouters", "De Smet", "Mertens", "Aerts", "Goossens", "Lemmens", "Hermans", "Maes"),
    ),
    "romanian": (
        (("Ioana", "woman"), ("Andreea", "woman"), ("Raluca", "woman"), ("Bianca", "woman"), ("Elena", "woman"), ("Vlad", "man"), ("Radu", "man"), ("Mihai", "man"), ("Tudor", "man"), ("Andrei", "man")),
        ("Ardelean", "Moldovan", "Popa", "Crișan", "Lupu", "Oprea", "Stan", "Bălan", "Neagu", "Dobre"),
    ),
}  # fmt: skip

FREE_HOURS = (
    "Mon 16:00-20:00; Wed 17:00-21:00; Thu 18:00-20:00",
    "Mon 17:00-21:00; Tue 17:00-20:00; Sat 10:00-13:00",
    "Tue 16:00-19:00; Wed 17:00-20:00; Thu 17:00-21:00",
    "Mon 18:00-21:00; Wed 18:00-21:00; Sat 09:00-12:00",
    "Wed 16:00-20:00; Thu 17:00-20:00; Fri 15:00-18:00",
    "Mon 17:00-20:00; Wed 17:00-19:00; Thu 17:00-20:00; Sat 10:00-12:00",
)

OUTSIDERS = (
    {"email": "ines.outsider@demonstration.example", "name": "Inês Carvalho", "country": "PT", "profession": "medicine", "gender": "woman", "native_language": "pt", "english_level": "C1", "free_hours": "Mon 17:00-20:00; Wed 17:00-20:00; Thu 17:00-20:00", "time_zone": "Europe/Lisbon"},
    {"email": "goran.outsider@demonstration.example", "name": "Goran Stojanovski", "country": "MK", "profession": "pharmacy", "gender": "man", "native_language": "mk", "english_level": "B2", "free_hours": "Mon 16:00-20:00; Wed 17:00-21:00", "time_zone": "Europe/Skopje"},
    {"email": "lejla.outsider@demonstration.example", "name": "Lejla Omerović", "country": "BA", "profession": "nursing", "gender": "woman", "native_language": "bs", "english_level": "B1", "free_hours": "Tue 16:00-19:00; Wed 17:00-20:00; Thu 17:00-21:00", "time_zone": "Europe/Sarajevo"},
)  # fmt: skip
