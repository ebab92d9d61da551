"""Two and a half years of telling others: eighteen activities at all partners, three news, two enquiries, four practices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile

from biosint.outreach import api as outreach
from biosint.outreach.api import ActivityKind, TargetGroup
from biosint.portal.demonstration import practices
from biosint.portal.demonstration.world import World


@dataclass(frozen=True)
class Told:
    """One activity; ``by`` is the office of who entered it a few days later."""

    key: str
    month: int
    day: int
    kind: ActivityKind
    title: str
    place: str
    language: str
    groups: tuple[TargetGroup, ...]
    reached: int | None
    how: str
    by: str = "teacher"
    shows_funding: bool = True
    follow_up: str = ""


STUDENTS, TEACHERS, STAFF = TargetGroup.STUDENTS, TargetGroup.TEACHERS, TargetGroup.STAFF
UNIVERSITIES, HOSPITALS, POLICY = TargetGroup.UNIVERSITIES, TargetGroup.HOSPITALS, TargetGroup.POLICY
PROFESSION, SCHOOLS, PUBLIC = TargetGroup.PROFESSION, TargetGroup.SCHOOLS, TargetGroup.PUBLIC

ACTIVITIES = (
    Told("cacak", 3, 6, ActivityKind.EVENT, "Opening day of the project, with a look into each partner’s lecture hall", "Čačak, faculty hall, and by video", "sr", (STUDENTS, TEACHERS, PUBLIC), 184, "list of attendance, and the video room’s own count", "coordinator", follow_up="Six teachers asked to be told of the first training."),
    Told("cacak", 3, 9, ActivityKind.PRESS, "“Abroad without a suitcase”: talk in the morning programme", "Regional radio, Morava valley", "sr", (PUBLIC,), None, ""),
    Told("mechelen", 4, 14, ActivityKind.WEBSITE, "Page on the project with all partners and contacts", "Faculty website", "en", (UNIVERSITIES, STUDENTS), 612, "visits in the first three months, from the site’s own counter", "administrator"),
    Told("valjevo", 6, 18, ActivityKind.TALK, "Why pharmacists should learn beside nurses of another country", "Valjevo, spring meeting of the pharmacists’ society", "sr", (PROFESSION, HOSPITALS), 75, "list of attendance"),
    Told("zvornik", 8, 3, ActivityKind.EVENT, "Open evening for students: who travels, who does not, and why", "Zvornik, students’ house", "sr", (STUDENTS,), 96, "heads counted at the door", shows_funding=False, follow_up="The emblem was missing on the slides; the template has it now."),
    Told("pogradec", 9, 21, ActivityKind.PRESS, "Article on the first survey of dental students", "Weekly paper of the lake region", "sq", (PUBLIC,), 3200, "print run given by the paper", "coordinator"),
    Told("niksic", 10, 11, ActivityKind.TALK, "What our students said about learning across borders", "Nikšić, days of dental medicine", "sr", (PROFESSION, TEACHERS), 58, "list of attendance"),
    Told("deva", 12, 7, ActivityKind.TRAINING, "Workshop: writing a syllabus that colleagues abroad can read", "Deva, and by video", "ro", (TEACHERS, STAFF), 34, "list of attendance", follow_up="Nine syllabi were rewritten in the following term."),
    Told("trebinje", 13, 15, ActivityKind.SOCIAL, "Five short films by nursing students about their ward", "Faculty’s channels", "sr", (STUDENTS, SCHOOLS), 2740, "people who watched to the end, from the channel’s own count"),
    Told("berat", 15, 9, ActivityKind.EVENT, "Day at the regional hospital with the heads of nursing", "Berat, regional hospital", "sq", (HOSPITALS,), 41, "list of attendance", "coordinator", follow_up="The hospital takes two student projects a year."),
    Told("mechelen", 16, 22, ActivityKind.TALK, "Home is abroad for somebody: mixed clinical teams from home", "Mechelen, meeting of medical educators", "en", (UNIVERSITIES, TEACHERS), 120, "organiser’s count"),
    Told("cacak", 18, 4, ActivityKind.PUBLICATION, "Where nine faculties stand: a situation analysis in four languages", "Open journal of health education", "en", (UNIVERSITIES, TEACHERS, POLICY), 430, "downloads in the first half-year", "coordinator"),
    Told("zvornik", 20, 12, ActivityKind.TRAINING, "How to recognise credit from a course at home: training for study offices", "By video", "sr", (STAFF, UNIVERSITIES), 52, "list of attendance", "administrator"),
    Told("valjevo", 23, 17, ActivityKind.EVENT, "Round table with the ministry on short credentials", "Valjevo, town hall", "sr", (POLICY, PROFESSION), 29, "list of attendance", "coordinator", follow_up="The ministry asked for the comparison of costs."),
    Told("pogradec", 25, 6, ActivityKind.TALK, "One jaw, four treatment plans: what teams from four countries propose", "Pogradec, congress of young dentists", "sq", (PROFESSION, STUDENTS), 88, "organiser’s count"),
    Told("niksic", 27, 19, ActivityKind.PRESS, "Students tell of their team on the evening news", "Regional television", "sr", (PUBLIC,), None, "", "coordinator"),
    Told("deva", 29, 10, ActivityKind.TALK, "Numbers, not promises: what the index can and cannot say", "Deva, conference on quality in higher education", "en", (UNIVERSITIES, POLICY), 67, "list of attendance"),
    Told("berat", 30, 14, ActivityKind.OTHER, "Course pages given to a nursing school outside the consortium", "Berat", "sq", (SCHOOLS, TEACHERS), 12, "teachers who received them", "administrator"),
)  # fmt: skip

NEWS = (
    (
        3,
        11,
        {
            "en": "Nine faculties begin",
            "sr": "Девет факултета почиње",
            "sq": "Nëntë fakultete nisin",
        },
        {
            "en": "Medicine, dentistry, pharmacy and nursing of six countries open the project together. For three years "
            "they will run **courses from home** in mixed teams, and count what comes of it.\n\nStudents need no "
            "ticket: a phone and a line are enough.",
            "sr": "Медицина, стоматологија, фармација и сестринство из шест земаља заједно отварају пројекат. Три године "
            "држаће **наставу од куће** у мешовитим тимовима и бројати шта је од тога остало.\n\nСтудентима не треба "
            "карта: довољни су телефон и веза.",
            "sq": "Mjekësia, stomatologjia, farmacia dhe infermieria e gjashtë vendeve e hapin projektin së bashku. Për tre "
            "vjet do të mbajnë **kurse nga shtëpia** në ekipe të përziera dhe do të numërojnë çfarë del prej tyre.\n\n"
            "Studentëve nuk u duhet biletë: mjaftojnë një telefon dhe një lidhje.",
        },
    ),
    (
        18,
        8,
        {
            "en": "What we found out about ourselves",
            "sr": "Шта смо сазнали о себи",
            "sq": "Çfarë mësuam për veten",
        },
        {
            "en": "The analysis of the situation is published. Most students want an international experience; few expect "
            "to travel. Teachers lack **hours**, not goodwill.\n\nEvery figure opens to what it was counted from.",
            "sr": "Анализа стања је објављена. Већина студената жели међународно искуство; мало ко очекује да отпутује. "
            "Наставницима недостају **сати**, а не добра воља.\n\nСвака цифра се отвара до онога из чега је избројана.",
            "sq": "Analiza e gjendjes u botua. Shumica e studentëve duan një përvojë ndërkombëtare; pak presin të udhëtojnë. "
            "Mësuesve u mungojnë **orët**, jo vullneti i mirë.\n\nÇdo shifër hapet deri te ajo nga e cila u numërua.",
        },
    ),
    (
        30,
        20,
        {
            "en": "Two courses take applications",
            "sr": "Два курса примају пријаве",
            "sq": "Dy kurse pranojnë aplikime",
        },
        {
            "en": "Two international courses are open, one of them in Serbian. There are places for people from **outside the "
            "consortium** too: no account is needed to apply.",
            "sr": "Отворена су два међународна курса, један од њих на српском. Има места и за људе **ван конзорцијума**: за "
            "пријаву не треба налог.",
            "sq": "Janë hapur dy kurse ndërkombëtare, njëri prej tyre në serbisht. Ka vende edhe për njerëz **jashtë "
            "konsorciumit**: për të aplikuar nuk duhet llogari.",
        },
    ),
)


def tell(world: World) -> None:
    _activities(world)
    _news(world)
    _enquiries(world)
    practices.tell(world)


def _activities(world: World) -> None:
    project = world.kept["consortium"]
    enterers = {
        "teacher": world.teacher,
        "coordinator": world.coordinator,
        "administrator": world.administrator,
    }
    for number, told in enumerate(ACTIVITIES, start=1):
        held = world.month(told.month, day=told.day)
        listed = told.how == "list of attendance"
        outreach.log_activity(
            project=project,
            institution=world.institution(told.key),
            title=told.title,
            held_date=held.date(),
            kind=told.kind,
            place=told.place,
            language=told.language,
            target_groups=told.groups,
            reached=told.reached,
            reached_how=told.how,
            proof_link="" if listed else f"https://{told.key}.demonstration.example/proof/{number}",
            proof_upload=_list(told) if listed else None,
            shows_funding=told.shows_funding,
            follow_up=told.follow_up,
            by=enterers[told.by](told.key),
            at=min(held + timedelta(days=3), world.today),
        )
    # One entry was made twice; the second is withdrawn with its reason.
    first = ACTIVITIES[0]
    held = world.month(first.month, day=first.day)
    twice = outreach.log_activity(
        project=project,
        institution=world.institution(first.key),
        title="Opening day of the project",
        held_date=held.date(),
        kind=first.kind,
        place=first.place,
        language=first.language,
        target_groups=first.groups,
        reached=180,
        reached_how="estimated from photographs",
        proof_link=f"https://{first.key}.demonstration.example/proof/opening",
        by=world.teacher(first.key),
        at=held + timedelta(days=5),
    )
    outreach.withdraw_activity(
        activity_id=twice.pk,
        reason="The coordinator had entered it already, with the list of attendance.",
        by=world.coordinator(first.key),
        at=held + timedelta(days=8),
    )


def _list(told: Told) -> ContentFile[bytes]:
    """The list of attendance as a file, without names: nobody signed who does not exist."""
    rows = ["number;signed", *[f"{number};yes" for number in range(1, (told.reached or 0) + 1)]]
    return ContentFile("\n".join(rows).encode(), name=f"attendance-{told.key}-{told.month}.csv")


def _news(world: World) -> None:
    for month, day, title, text in NEWS:
        outreach.publish_news(
            title=title, text=text, by=world.coordinator("cacak"), at=world.month(month, day=day)
        )


def _enquiries(world: World) -> None:
    answered = outreach.enquire(
        name="Nadia Ferrant",
        organisation="School of Midwifery, Sambreville (invented)",
        email="nadia.ferrant@demonstration.example",
        purpose="We would like to use the pages of your handover course with our second year, and to know which licence holds.",
        at=world.month(24, day=5),
    )
    outreach.note_answer(
        enquiry_id=answered.pk,
        outcome="Pages sent, licence explained; they want to join the next run as guests.",
        by=world.coordinator("cacak"),
        at=world.month(24, day=9),
    )
    outreach.enquire(
        name="Goran Petrušić",
        organisation="Regional hospital, Livno side (invented)",
        email="goran.petrusic@demonstration.example",
        purpose="Could our mentors take part in the course on antibiotics? We have twelve, most of them read English.",
        at=world.today - timedelta(days=2),
    )
