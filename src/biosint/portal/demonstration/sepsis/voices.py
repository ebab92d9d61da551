"""What learners say in the discussions. Each speaks of a town that exists and a hospital that is invented."""

from __future__ import annotations

from dataclasses import dataclass

# (faculty, number of its learner in this course); "" is for people from elsewhere.
Who = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Talk:
    who: Who
    title: str
    text: str
    answers: tuple[tuple[Who, str], ...] = ()
    language: str = "en"


HELLO = (
    Talk(
        ("cacak", 0),
        "Čačak, two rivers of coffee",
        "I study medicine in Čačak and want to become an emergency doctor. People think our town is only steel and "
        "brandy; we have a mountain spa and the best choir of the valley. In a team I am good at asking the stupid question first. "
        "My word is **inat**: doing it exactly because somebody said you cannot.",
        (
            (("deva", 0), "We need somebody for stupid questions, I always think of them at night. Does *inat* help on a ward?"),
            (("pogradec", 1), "In Albanian we say *inat*, too! So one word less that cannot be translated."),
        ),
    ),
    Talk(
        ("deva", 0),
        "Deva, below the fortress",
        "Pharmacy, fourth year. I would like to work in a hospital, where I can talk with the people who write the "
        "prescriptions. People believe we count tablets. I am good at writing things down so that others find them. "
        "My word: **dor**, missing somebody so that it has a taste.",
        (
            (("cacak", 2), "I have just sent *dor* to my sister in Vienna. She understood it without a dictionary."),
            (("", 0), "That is our *saudade*! Let us make a list of the words for missing."),
            (("pogradec", 0), "You write things down, I draw them. May we be in one team?"),
        ),
    ),
    Talk(
        ("pogradec", 0),
        "Pogradec, the lake in the window",
        "I study dentistry beside Lake Ohrid. I want a practice for people who are afraid. They think a small town "
        "sees small things; last summer we sent three swollen faces to the capital. I draw well. "
        "My word is **besa**: a promise that is not yours to break.",
        (
            (("cacak", 1), "*Besa* should stand on the first line of our team agreement."),
            (("deva", 3), "How far is the capital, and who decides that somebody goes?"),
        ),
    ),
    Talk(
        ("", 1),
        "A nurse among doctors",
        "I am in my third year of nursing and work at weekends. I want to become the one whom young doctors ask. "
        "I am good at night. My word: **merak**, doing something small with your whole heart.",
        (
            (("cacak", 4), "Then you know more about first hours than most of us. I am glad you are here."),
            (("deva", 1), "How many patients do you have at night? I ask because of the antibiotics that we send up."),
        ),
    ),
    Talk(
        ("deva", 2),
        "I have been ill, so I am late",
        "Hello from bed. Pharmacy, third year. People get wrong how cold it is here. In a team I finish what others begin. "
        "My word: **a se descurca**, to manage somehow.",
        ((("cacak", 3), "Get well! We manage somehow, too: *snaći se*."),),
    ),
    Talk(
        ("cacak", 3),
        "Пишем и на српском",
        "Студирам медицину, желим да будем анестезиолог. Мисле да Чачак нема болницу; има, и ради ноћу. "
        "Добар сам у томе да слушам. Моја реч је **севдах**.",
        ((("", 1), "Разумем без превода. Будимо у истом тиму кад треба слушати."),),
        language="sr",
    ),
)  # fmt: skip

NIGHTS = (
    Talk(
        ("cacak", 5),
        "Čačak: the doctor is there, the lactate is not",
        "02:15 the ambulance rings. 02:25 he is in the emergency room: one doctor, two nurses, four other patients. "
        "Blood for culture at 02:35, the first dose at 02:50. Lactate goes to the laboratory by foot and comes back at 03:40, "
        "so in truth we decide without it.",
        (
            (("deva", 4), "Who carries the tube at night, and who waits for them on the ward?"),
            (("pogradec", 2), "How do you decide without lactate? Capillary refill, or the face?"),
        ),
    ),
    Talk(
        ("pogradec", 3),
        "Pogradec: forty minutes to the next bed",
        "We see him, we cool him, we give the first dose because the doctor on call allows it by telephone. "
        "Then the road along the lake, forty minutes. The hour is over when he arrives. Nobody writes down when it began.",
        (
            (("cacak", 0), "Who starts the clock in your card? I would like to copy that into ours."),
            (("", 0), "How do you keep the pressure up in the ambulance?"),
            (("deva", 5), "Which antibiotic travels with you? We can compare boxes."),
        ),
    ),
    Talk(
        ("deva", 1),
        "Deva: the cupboard on the second floor",
        "The doctor orders meropenem at 02:40. The night pharmacy is closed; the cupboard of the ward has ceftriaxone and "
        "metronidazole. A nurse knows that and says so. That sentence saves an hour.",
        (
            (("", 1), "How did she learn what stands in the cupboard? On my ward nobody tells us."),
            (("cacak", 2), "Who decides what is in it, and how often does somebody look?"),
        ),
    ),
)  # fmt: skip

DISCUSSIONS = {"say_hello": HELLO, "four_nights": NIGHTS}
