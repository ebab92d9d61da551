"""What the courses of the demonstration say: their pages, and what teams wrote to each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One course: summary, outcomes (text, dimension), pages (title, hours, text)."""

    title: str
    summary: str
    outcomes: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, str, str], ...]


STEWARDSHIP = Text(
    title="Antimicrobial stewardship across borders",
    summary="""A urinary tract infection is treated with one drug in Čačak and with another in Mechelen. Why?

In seven weeks small teams of medical and pharmacy students follow **one patient through four health systems**. Each member brings what the others cannot know: the guideline at home, the price in the pharmacy, the resistance figures of the own hospital. Together you write one plan that would be safe in all four towns.

You need about eight hours a week, a phone or a computer, and English that is good enough to explain your own hospital.""",
    outcomes=(
        (
            "compare the guidelines of four countries for a common infection and explain the differences",
            "evidence",
        ),
        ("explain how price and supply of medicines shape a prescription at home and abroad", "systems"),
        ("reach one decision in a team of different countries and professions", "teamwork"),
        ("present a patient in clear English to somebody who does not know your hospital", "languages"),
    ),
    pages=(
        (
            "Meet your team",
            "3",
            """Before you talk about bacteria, talk about each other.

1. Write three sentences in the discussion: who you are, where you study, what you hope for.
2. Find your first meeting among the hours in which all of you are free.
3. Agree who leads the first meeting and who takes notes. Change the roles every week.

**Comes out:** a time for your weekly meeting, written in the discussion.""",
        ),
        (
            "The patient: Mrs M., 67",
            "6",
            """Mrs M. has had pain when passing water for three days, and a fever since this morning. She takes a tablet for her blood pressure and one for her heart rhythm. Twice last year she took antibiotics that a neighbour gave her.

Each of you answers **alone first**: What do you want to know? What would happen to her in your town today: whom does she see, how fast, and what does she pay?

Bring the answers to your meeting. Do not agree yet.""",
        ),
        (
            "Four guidelines, one table",
            "10",
            """Find the guideline that a doctor in your town would follow. Fill one row of the table: first choice, dose, days, and when to send her to hospital.

| town | first choice | days | hospital when |
|---|---|---|---|
| … | … | … | … |

Mark in which cells you differ. For each difference write **one likely reason**: resistance, price, habit, law.""",
        ),
        (
            "What it costs, and who pays",
            "10",
            """Pharmacy students lead this week. What does the first choice cost in each town, and what does the patient pay herself? Is it always in stock?

**Comes out:** half a page on the one difference that surprised you most.""",
        ),
        (
            "One plan for four towns",
            "30",
            """Write one treatment plan that would be safe in all four towns: at most two pages, with one paragraph on what you could **not** agree on, and why.

Hand it in on the page of your team. You may hand in as many versions as you like before the last day.""",
        ),
        (
            "Looking back",
            "6",
            """Read the plan of one other team and leave three sentences: what you will take home, what you would ask, what you would do otherwise.

Then write to your own team: what did you learn about your own hospital?""",
        ),
    ),
)

SYSTEMS = Text(
    title="One patient, four health systems",
    summary="""A child with pain in a tooth, a swollen face and no insurance: who helps, how fast, and who pays?

Students of medicine, dentistry and nursing draw **the way of the same family** through the systems of their countries, and find the one place in each where a simple change would help most.

Six weeks, about seven hours a week, most of them when it suits you.""",
    outcomes=(
        (
            "draw a patient's way through one's own health system so that a foreigner understands it",
            "systems",
        ),
        ("see a decision with the eyes of a family that has little money", "ethics"),
        ("divide work in a team across countries and hand over without loss", "teamwork"),
        ("use simple tools to write and draw together at a distance", "digital"),
    ),
    pages=(
        (
            "Say hello",
            "2",
            """Introduce yourselves in the discussion. Everybody adds one thing a visitor would notice in the waiting room at home.""",
        ),
        (
            "The family",
            "5",
            """Luka is eight. His face has been swollen since last night. His mother works in another town, his grandmother has brought him. It is Saturday.

Write, for your own town: **the first three hours.** Where do they go, who opens the door, what is asked at the desk?""",
        ),
        (
            "Draw the way",
            "14",
            """Draw the way of the family as boxes and arrows: places, people, waiting, money. Paper and a photo are enough. Put it into the discussion.

Put a red mark where the family could get lost.""",
        ),
        (
            "Put the drawings beside each other",
            "14",
            """In your meeting, tell each other the way without showing the drawing first. What did the others ask? Those questions show what you take for granted.

_Савет: ко боље говори енглески, пита; ко слабије говори, приповеда. Разговор тако остаје миран и сви га прате._""",
        ),
        (
            "One small change",
            "25",
            """Choose one red mark in each country and propose one change that costs little. Write for whom it is easier and for whom it is more work.

**Hand in:** the drawings and one page.""",
        ),
    ),
)

HANDOVER = Text(
    title="Safe hand-over across shifts and borders",
    summary="""When one shift goes home and the next begins, things get lost. When the nurse beside you learned the job in another country, more things do.

You practise hand-over in mixed pairs and teams: by voice, on paper and in a call with a bad line. At the end your team writes a **hand-over card** that works in three languages.

Open to students of nursing, medicine and pharmacy, and to nurses at work.""",
    outcomes=(
        ("give a structured hand-over in English in two minutes", "languages"),
        ("ask back when something is unclear, also across rank and culture", "teamwork"),
        ("compare how responsibility is passed on in three health systems", "systems"),
    ),
    pages=(
        (
            "Two minutes",
            "4",
            """Record a hand-over of an invented patient: two minutes, no names. Listen to the one of a team-mate and write down what you would still have to ask.""",
        ),
        (
            "What gets lost",
            "10",
            """Collect, each from your own ward or practice: one thing that was nearly lost at a hand-over. Leave out everything by which somebody could be recognised.""",
        ),
        (
            "A card for three languages",
            "20",
            """Make a card with which a tired person can hand over safely. Try it in a call with the camera off.""",
        ),
    ),
)

VACCINES = Text(
    title="Вакцинација: разговор са родитељима који оклевају",
    summary="""Родитељи питају, интернет одговара брже од лекара. Како разговарати када неко оклева, а да га не изгубимо?

Студенти медицине, фармације и сестринства из Србије, Босне и Херцеговине и Црне Горе вежбају **кратке разговоре**, упоређују календаре вакцинације и праве листић који родитељ може да понесе кући.

Курс траје пет недеља, око шест сати недељно, сасвим од куће.""",
    outcomes=(
        ("води кратак и миран разговор са родитељем који оклева", "languages"),
        ("упореди календаре вакцинације у три земље и објасни разлике", "evidence"),
        ("процени извор на интернету заједно са тимом из друге земље", "digital"),
    ),
    pages=(
        (
            "Упознајте се",
            "2",
            """Напишите ко сте, где студирате и једну реченицу коју сте о вакцинама чули код куће.""",
        ),
        (
            "Три календара",
            "10",
            """Свако доноси календар своје земље. Означите где се разликујете и пронађите **један разлог** за сваку разлику.""",
        ),
        (
            "Разговор од пет минута",
            "14",
            """Један пита, један одговара, остали слушају. Шта је родитељ заправо питао?""",
        ),
        (
            "Листић за понети",
            "18",
            """Направите једну страницу коју бисте сами радо прочитали. Без страха и без поука.""",
        ),
    ),
)

# What members of a team wrote to each other: (member, text); members are counted from 0.
TALKS: tuple[tuple[tuple[int, str], ...], ...] = (
    (
        (0, "Hello everybody! I am in my fourth year. On Wednesday evening I am always free."),
        (
            1,
            "Hi all. Wednesday is good. I can bring the drawing of our emergency dental service, it is short: there is none on Saturday.",
        ),
        (2, "That is a finding already. Ours is open but 60 km away. I will draw the bus, too."),
        (
            3,
            "With us the nurse sees the child first and decides who comes next. I will write that up for the table.",
        ),
        (0, "First draft is handed in as version 1. Please read page two, the costs are a guess."),
    ),
    (
        (1, "Good evening everybody. Who leads the first meeting?"),
        (0, "I can. Let us each show one photo of the way to the door, no people in it."),
        (2, "Nice idea. Where I live the door has three bells and nobody knows which is for Saturday."),
    ),
    (
        (0, "Hi! My English is slow in speaking but I write well. Is it fine if I take the notes?"),
        (2, "More than fine. I speak too fast, stop me please."),
    ),
    ((0, "Hello team, I am new here from outside the project. What did I miss?"),),
)

PLAN = """## The way of Luka's family in four towns

1. In two towns the family is helped within three hours, in one within a day, in one only on Monday.
2. The money asked at the door decides more than the distance.

**What we could not agree on:** whether the pharmacy may give an antibiotic on Saturday and call the dentist on Monday."""

STEWARDSHIP_PLAN = """## One plan for Mrs M.

- Ask for the heart tablet first: one of the four first choices does not go with it.
- Urine culture before the first dose in all four towns; where the laboratory is closed, keep the sample cold.
- Short course, call on day three, no second pack without a culture.

**What we could not agree on:** how long to wait at home when the hospital is 40 km away."""

FIRST_HOURS = Text(
    title="The first hours: one emergency in nine hospitals",
    summary="""A woman of 64 falls at home and cannot move her arm. The first hours decide, and in every town they run differently.

In four weeks **teams of five** from nine faculties follow the same patient from the call to the bed: who answers, who decides, what is given, who speaks with the family. You compare, and you write one page that a new colleague in any of the nine hospitals could use.

Open to students of medicine, nursing, pharmacy and dentistry.""",
    outcomes=(
        ("compare the first hours of an emergency in several health systems", "systems"),
        ("decide under pressure in a team of several professions and countries", "teamwork"),
        ("explain a decision to a family in plain words", "languages"),
    ),
    pages=(
        (
            "The call",
            "5",
            """Who answers the phone in your town, and what do they ask? Write it down as a dialogue. Leave out names.""",
        ),
        (
            "The first hour",
            "12",
            """Draw the first hour of the patient in your hospital as a line with times. Put the lines of your team side by side: where do they part?""",
        ),
        (
            "One page for nine hospitals",
            "20",
            """Write one page that a new colleague could use in any of your hospitals. Say what holds everywhere, and what must be asked on the spot.""",
        ),
    ),
)
