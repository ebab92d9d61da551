"""Words that LimeSurvey shows by itself and a questionnaire of ours has to say, in every content language."""

from __future__ import annotations

from collections.abc import Iterable

from biosint.surveys.states import LANGUAGES


def _said(*words: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, words, strict=True))


# The order of languages is that of ``states.LANGUAGES``: en, sr, bs, cnr, hr, sq, ro, nl.
PHRASES = {
    "yes": _said("Yes", "Да", "Da", "Da", "Da", "Po", "Da", "Ja"),
    "no": _said("No", "Не", "Ne", "Ne", "Ne", "Jo", "Nu", "Nee"),
    "uncertain": _said(
        "Uncertain",
        "Нисам сигуран/сигурна",
        "Nisam siguran/sigurna",
        "Nijesam siguran/sigurna",
        "Nisam siguran/sigurna",
        "I pasigurt",
        "Nu sunt sigur(ă)",
        "Onzeker",
    ),
    "female": _said("Female", "Женски", "Žensko", "Žensko", "Žensko", "Femër", "Feminin", "Vrouw"),
    "male": _said("Male", "Мушки", "Muško", "Muško", "Muško", "Mashkull", "Masculin", "Man"),
    "increase": _said(
        "Increase",
        "Повећање",
        "Povećanje",
        "Povećanje",
        "Povećanje",
        "Rritje",
        "Creștere",
        "Toename",
    ),
    "same": _said("Same", "Исто", "Isto", "Isto", "Isto", "Njësoj", "La fel", "Gelijk"),
    "decrease": _said(
        "Decrease",
        "Смањење",
        "Smanjenje",
        "Smanjenje",
        "Smanjenje",
        "Ulje",
        "Scădere",
        "Afname",
    ),
    "other": _said("Other", "Друго", "Drugo", "Drugo", "Drugo", "Tjetër", "Altceva", "Anders"),
    "specify": _said(
        "Other: please say what",
        "Друго: наведите шта",
        "Drugo: navedite šta",
        "Drugo: navedite šta",
        "Drugo: navedite što",
        "Tjetër: ju lutemi tregoni çfarë",
        "Altceva: precizați ce",
        "Anders, namelijk",
    ),
    "comment": _said(
        "Your comment",
        "Ваш коментар",
        "Vaš komentar",
        "Vaš komentar",
        "Vaš komentar",
        "Komenti juaj",
        "Comentariul dumneavoastră",
        "Uw opmerking",
    ),
    "rate": _said(
        "Please rate this",
        "Оцените ово",
        "Ocijenite ovo",
        "Ocijenite ovo",
        "Ocijenite ovo",
        "Ju lutemi vlerësojeni",
        "Vă rugăm să evaluați",
        "Geef uw beoordeling",
    ),
    "agreement": _said(
        "Your agreement",
        "Ваш пристанак",
        "Vaš pristanak",
        "Vaš pristanak",
        "Vaš pristanak",
        "Pëlqimi juaj",
        "Acordul dumneavoastră",
        "Uw toestemming",
    ),
    "consent": _said(
        "I agree that my answers are used, without my name, for research and for the improvement of teaching.",
        "Слажем се да се моји одговори, без мог имена, користе за истраживање и за унапређење наставе.",
        "Slažem se da se moji odgovori, bez mog imena, koriste za istraživanje i za unapređenje nastave.",
        "Slažem se da se moji odgovori, bez mog imena, koriste za istraživanje i za unapređenje nastave.",
        "Slažem se da se moji odgovori, bez mojeg imena, koriste za istraživanje i za unapređenje nastave.",
        "Pranoj që përgjigjet e mia, pa emrin tim, të përdoren për kërkim dhe për përmirësimin e mësimit.",
        "Sunt de acord ca răspunsurile mele să fie folosite, fără numele meu, pentru cercetare și pentru îmbunătățirea predării.",
        "Ik ga ermee akkoord dat mijn antwoorden, zonder mijn naam, worden gebruikt voor onderzoek en beter onderwijs.",
    ),
    "thanks": _said(
        "Thank you for taking part.",
        "Хвала што учествујете.",
        "Hvala što učestvujete.",
        "Hvala što učestvujete.",
        "Hvala što sudjelujete.",
        "Faleminderit për pjesëmarrjen.",
        "Vă mulțumim pentru participare.",
        "Dank u voor uw deelname.",
    ),
}


def phrase(name: str, languages: Iterable[str]) -> dict[str, str]:
    """Return a phrase in the languages of a questionnaire."""
    return {code: PHRASES[name][code] for code in languages}
