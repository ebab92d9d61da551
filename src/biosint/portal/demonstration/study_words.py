"""Words of the study: titles, and what invented people wrote freely."""

from __future__ import annotations

import random

STUDENTS_BEFORE = (
    "Where do our students stand? Before we begin",
    "Baseline of the project: what students can do, wish and miss before anything changes.",
)
STAFF_BEFORE = (
    "Where do our teachers and staff stand? Before we begin",
    "The same questions as to students, so that both can be compared.",
)
DEANS_BEFORE = (
    "What do our deans say? Before we begin",
    "How institutions see themselves, to set beside what students and teachers say.",
)
STUDENTS_LATER = (
    "Where do our students stand? After two years",
    "The same questions again. Who left a code before can be compared with themselves, without a name.",
)

# Language -> column -> what people write. Several mean the same, so that there is something to code.
WRITTEN: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "swot_strengths": (
            "Our clinical teachers speak good English.",
            "Guest lectures from partner faculties, always full.",
            "Small groups, everybody knows everybody.",
            "Guest teachers come every year.",
        ),
        "swot_weaknesses": (
            "Nobody tells us which credits are recognised.",
            "Recognition of credits takes months.",
            "No time in the timetable for joint courses.",
            "Too little English in the first years.",
        ),
        "swot_opportunities": (
            "Partner faculties offer online courses we could join.",
            "European alliances look for partners from here.",
            "Hospitals abroad want graduates who know other health systems.",
        ),
        "swot_threats": (
            "Teachers leave for better pay.",
            "Money for projects ends and everything stops.",
            "Rules of the ministry do not know online credits.",
        ),
    },
    "sr": {
        "swot_strengths": (
            "Наставници са клинике добро говоре енглески.",
            "Гостујућа предавања са партнерских факултета.",
            "Мале групе, сви се познајемо.",
        ),
        "swot_weaknesses": (
            "Нико нам не каже који се бодови признају.",
            "Признавање бодова траје месецима.",
            "У распореду нема времена за заједничке предмете.",
            "Мало енглеског на првим годинама.",
        ),
        "swot_opportunities": (
            "Партнерски факултети нуде онлајн предмете.",
            "Европске мреже траже партнере одавде.",
        ),
        "swot_threats": (
            "Наставници одлазе због плата.",
            "Новац за пројекте престаје и све стане.",
            "Прописи министарства не познају онлајн бодове.",
        ),
    },
    "sr-latn": {
        "swot_strengths": ("Nastavnici dobro govore engleski.", "Gostujuća predavanja svake godine."),
        "swot_weaknesses": (
            "Priznavanje bodova traje mesecima.",
            "Nema vremena u rasporedu.",
            "Malo engleskog na prvim godinama.",
        ),
        "swot_opportunities": ("Partnerski fakulteti nude onlajn predmete.",),
        "swot_threats": ("Novac za projekte prestaje i sve stane.", "Nastavnici odlaze zbog plata."),
    },
    "bs": {
        "swot_strengths": ("Gostujuća predavanja s partnerskih fakulteta.",),
        "swot_weaknesses": ("Priznavanje bodova traje mjesecima.", "Nema vremena u rasporedu."),
        "swot_opportunities": ("Partnerski fakulteti nude online predmete.",),
        "swot_threats": ("Nastavnici odlaze zbog plata.",),
    },
    "cnr": {
        "swot_strengths": ("Male grupe, svi se poznajemo.",),
        "swot_weaknesses": ("Ne znamo koji se krediti priznaju.", "Malo engleskog na prvim godinama."),
        "swot_opportunities": ("Evropske mreže traže partnere odavde.",),
        "swot_threats": ("Novac za projekte prestaje.",),
    },
    "sq": {
        "swot_strengths": (
            "Mësimdhënësit flasin mirë anglisht.",
            "Leksione të ftuara nga fakultete partnere.",
        ),
        "swot_weaknesses": (
            "Nuk dimë cilat kredite njihen.",
            "Njohja e krediteve zgjat me muaj.",
            "Pak anglisht në vitet e para.",
        ),
        "swot_opportunities": ("Fakultetet partnere ofrojnë kurse në internet.",),
        "swot_threats": ("Mësimdhënësit largohen për paga më të mira.", "Paratë e projekteve mbarojnë."),
    },
    "ro": {
        "swot_strengths": ("Profesorii vorbesc bine engleza.",),
        "swot_weaknesses": ("Recunoașterea creditelor durează luni.", "Nu este timp în orar."),
        "swot_opportunities": ("Facultățile partenere oferă cursuri online.",),
        "swot_threats": ("Banii pentru proiecte se termină.",),
    },
    "nl": {
        "swot_strengths": ("Docenten spreken goed Engels.", "Veel internationale partners."),
        "swot_weaknesses": ("Geen ruimte in het rooster.", "De erkenning van studiepunten is onduidelijk."),
        "swot_opportunities": ("Partners op de Balkan zoeken gezamenlijke vakken.",),
        "swot_threats": ("Minder geld voor onderwijs.",),
    },
}


def swot(dice: random.Random, language: str) -> dict[str, str]:
    """Return what one person wrote, to one question or several."""
    columns = WRITTEN[language]
    asked = dice.sample(sorted(columns), dice.randint(1, 4))
    return {column: dice.choice(columns[column]) for column in asked}
