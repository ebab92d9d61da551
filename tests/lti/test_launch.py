"""A whole way with an independent tool: registered, placed, opened, members read, points sent back."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import jwt
import pytest
from django.test import Client
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.grade import Grade

from biosint.exchange.models import Activity, Progress, Score
from biosint.exchange.operations.tools import place_tool
from biosint.exchange.states import ActivityKind, CourseState, ScoreSource
from biosint.lti.api import Link
from biosint.lti.models import Acquaintance, Choice, Result, Tool
from clock import NOON
from exchange.cast import Cast, a_course
from factories import ActivityFactory, PersonFactory
from factories.lti import LinkFactory, ToolFactory
from lti.peer import ISSUER, Peer, form_of, new_keys, path_of

pytestmark = pytest.mark.django_db


class Stage:
    """A running course with an activity that opens the peer's tool."""

    def __init__(self, **described: Any) -> None:
        private, public = new_keys()
        self.tool: Tool = ToolFactory(keys=public, **described)
        self.peer = Peer(self.tool, private)
        self.cast: Cast = a_course(state=CourseState.RUNNING)
        self.activity: Activity = ActivityFactory(course=self.cast.course, kind=ActivityKind.TOOL)
        self.link: Link = place_tool(
            activity_id=self.activity.pk,
            tool=self.tool,
            takes_results=True,
            custom={"slide": "kidney-7"},
            by=self.cast.teacher,
            at=NOON,
        )

    def opens(self, client: Client) -> Any:
        """Walk the way of a browser from the course to the tool, and return the launch as the tool reads it."""
        address = f"/lti/{self.link.public_id}/open/"
        client.post(address)
        to_tool = client.get(address)["Location"]
        assert to_tool.startswith("https://tool.example/login?")
        to_platform = self.peer.answers_sign_in(to_tool)
        page = client.get(path_of(to_platform))
        assert page.status_code == 200, page.content.decode()
        assert "form-action 'self' https://tool.example" in page["Content-Security-Policy"]
        target, form = form_of(page.content.decode())
        assert target == "https://tool.example/launch"
        return self.peer.reads_launch(form)

    def learner(self) -> tuple[Any, Client]:
        application = self.cast.admitted()
        client = Client()
        client.force_login(application.learner)
        return application, client


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_a_learner_opens_the_tool_and_its_points_come_back(stage: Stage) -> None:
    application, client = stage.learner()

    launch = stage.opens(client)

    said = launch.get_launch_data()
    assert said["https://purl.imsglobal.org/spec/lti/claim/custom"] == {"slide": "kidney-7"}
    assert said["https://purl.imsglobal.org/spec/lti/claim/context"]["title"] == stage.cast.course.title
    assert launch.check_student_access()
    assert not launch.check_teacher_access()
    assert application.learner.name not in str(said)
    assert application.learner.email not in str(said)

    grade = Grade().set_score_given(17).set_score_maximum(20).set_comment("Well seen.")
    grade.set_timestamp(datetime.now(UTC).isoformat()).set_user_id(said["sub"])
    grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
    launch.get_ags().put_grade(grade)

    score = Score.objects.get(application=application, activity=stage.activity)
    assert (score.points, score.source, score.comment) == (Decimal("85.00"), ScoreSource.TOOL, "Well seen.")
    assert Progress.objects.get(application=application).done_at is not None
    sent_back = launch.get_ags().get_grades()
    assert [(one["userId"], one["resultScore"], one["resultMaximum"]) for one in sent_back] == [
        (said["sub"], 17.0, 20.0)
    ]


def test_the_tool_reads_who_has_agreed_to_be_known_page_by_page(stage: Stage) -> None:
    stage.tool.shares_name = True
    stage.tool.save()
    seen = []
    for _number in range(3):
        application, client = stage.learner()
        stage.opens(client)
        seen.append(application.learner.name)
    stage.cast.admitted()  # has never opened the tool
    teacher = Client()
    teacher.force_login(stage.cast.teacher)
    launch = stage.opens(teacher)
    assert launch.check_teacher_access()

    members = launch.get_nrps().get_members()

    assert {one["name"] for one in members} == {*seen, stage.cast.teacher.name}
    assert all("email" not in one for one in members)


def test_nothing_is_sent_before_the_person_has_agreed(stage: Stage) -> None:
    _application, client = stage.learner()
    page = client.get(f"/lti/{stage.link.public_id}/open/")
    assert page.status_code == 200
    assert "made-up name" in page.content.decode()
    assert not Acquaintance.objects.exists()


def test_strangers_and_learners_of_other_courses_cannot_open_it(stage: Stage) -> None:
    client = Client()
    client.force_login(PersonFactory())
    assert client.get(f"/lti/{stage.link.public_id}/open/").status_code == 404
    assert Client().get(f"/lti/{stage.link.public_id}/open/").status_code == 302


def asked(stage: Stage, client: Client) -> dict[str, str]:
    from urllib.parse import parse_qsl, urlsplit

    client.post(f"/lti/{stage.link.public_id}/open/")
    to_platform = stage.peer.answers_sign_in(client.get(f"/lti/{stage.link.public_id}/open/")["Location"])
    return dict(parse_qsl(urlsplit(to_platform).query))


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"redirect_uri": "https://thief.example/launch"}, 400),
        ({"client_id": "0"}, 400),
        ({"response_type": "code"}, 400),
        ({"nonce": ""}, 400),
        ({"login_hint": "somebody else"}, 403),
    ],
)
def test_a_question_that_is_not_as_registered_gets_no_answer(
    stage: Stage, changed: dict[str, str], status: int
) -> None:
    _application, client = stage.learner()
    answer = client.get("/lti/authorize/", asked(stage, client) | changed)
    assert answer.status_code == status
    assert "data-go" not in answer.content.decode()


def test_nobody_answers_for_somebody_else(stage: Stage) -> None:
    _application, client = stage.learner()
    question = asked(stage, client)
    _other, elsewhere = stage.learner()
    assert elsewhere.get("/lti/authorize/", question).status_code == 403
    assert Client().get("/lti/authorize/", question).status_code == 403
    # A tool may ask by post as well: no cookie comes with it, so the browser asks again itself.
    posted = client.post("/lti/authorize/", question)
    assert posted.status_code == 303
    assert posted["Location"].startswith("/lti/authorize/?")


def test_the_tool_refuses_what_was_altered_on_the_way(stage: Stage) -> None:
    _application, client = stage.learner()
    page = client.get("/lti/authorize/", asked(stage, client)).content.decode()
    _target, form = form_of(page)
    head, body, signature = form["id_token"].split(".")
    with pytest.raises(LtiException):
        stage.peer.reads_launch({**form, "id_token": f"{head}.{body[:-4]}AAAA.{signature}"})


def assertion(stage: Stage, private: str | None = None, **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": stage.tool.client_id,
        "sub": stage.tool.client_id,
        "aud": f"{ISSUER}/lti/token/",
        "iat": now,
        "exp": now + 60,
        "jti": "one",
        **changed,
    }
    return jwt.encode(claims, private or stage.peer.private, algorithm="RS256")


def token(
    client: Client, word: str, scope: str = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
) -> Any:
    return client.post(
        "/lti/token/",
        {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": word,
            "scope": scope,
        },
    )


def test_a_tool_proves_who_it_is_and_only_once_with_one_word(stage: Stage, client: Client) -> None:
    word = assertion(stage)
    assert token(client, word).status_code == 200
    assert token(client, word).status_code == 401


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://other.example/token"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"sub": "another"},
        {"iss": "nobody"},
    ],
)
def test_a_word_that_says_something_else_gets_nothing(
    stage: Stage, client: Client, changed: dict[str, Any]
) -> None:
    assert token(client, assertion(stage, **changed)).status_code == 401


def test_a_word_of_another_key_gets_nothing(stage: Stage, client: Client) -> None:
    other, _public = new_keys()
    assert token(client, assertion(stage, private=other)).status_code == 401
    unsigned = jwt.encode({"iss": stage.tool.client_id}, "", algorithm="none")
    assert token(client, unsigned).status_code == 401
    assert token(client, "nonsense").status_code == 401


def test_one_tool_cannot_write_into_the_place_of_another(stage: Stage, client: Client) -> None:
    other = LinkFactory(
        tool=ToolFactory(), key=str(ActivityFactory(course=stage.cast.course, kind=ActivityKind.TOOL).pk)
    )
    granted = token(client, assertion(stage)).json()["access_token"]
    headers = {"HTTP_AUTHORIZATION": f"Bearer {granted}"}
    address = f"/lti/{other.public_id}/items/1/scores"
    assert client.post(address, "{}", content_type="application/json", **headers).status_code == 404
    assert client.post(address, "{}", content_type="application/json").status_code == 401
    # The word is for points, not for reading who is there.
    assert client.get(f"/lti/{stage.link.public_id}/members/", **headers).status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"scoreGiven": -1},
        {"scoreMaximum": 0},
        {"scoreGiven": "NaN"},
        {"timestamp": "yesterday"},
        {"timestamp": "2026-03-02T12:00:00"},
        {"activityProgress": "Almost"},
        {"userId": None},
    ],
)
def test_points_that_mean_nothing_are_refused(stage: Stage, client: Client, changed: dict[str, Any]) -> None:
    import json

    application, browser = stage.learner()
    sub = stage.opens(browser).get_launch_data()["sub"]
    granted = token(client, assertion(stage)).json()["access_token"]
    said = {
        "userId": sub,
        "scoreGiven": 5,
        "scoreMaximum": 10,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": "2026-03-02T12:00:00Z",
    }
    answer = client.post(
        f"/lti/{stage.link.public_id}/items/1/scores",
        json.dumps({**said, **changed}),
        content_type="application/vnd.ims.lis.v1.score+json",
        HTTP_AUTHORIZATION=f"Bearer {granted}",
    )
    assert answer.status_code in (400, 404)
    assert not Score.objects.filter(application=application).exists()


def test_an_older_message_never_replaces_a_newer_one_and_a_teacher_is_never_overruled(stage: Stage) -> None:
    application, browser = stage.learner()
    launch = stage.opens(browser)
    sub = launch.get_launch_data()["sub"]

    def send(points: int, at: datetime) -> None:
        grade = (
            Grade()
            .set_score_given(points)
            .set_score_maximum(100)
            .set_user_id(sub)
            .set_timestamp(at.isoformat())
        )
        launch.get_ags().put_grade(
            grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
        )

    now = datetime.now(UTC)
    send(70, now)
    with pytest.raises(LtiServiceException):
        send(10, now - timedelta(minutes=1))
    assert Score.objects.get().points == 70
    Score.objects.update(source=ScoreSource.TEACHER, points=60)
    send(90, now + timedelta(minutes=1))
    assert Score.objects.get().points == 60
    assert Result.objects.get(person=application.learner).given == 90


def test_a_teacher_chooses_content_in_the_tool(stage: Stage) -> None:
    from pylti1p3.deep_link_resource import DeepLinkResource

    stage.tool.deep_link_url = "https://tool.example/choose"
    stage.tool.save()
    client = Client()
    client.force_login(stage.cast.teacher)
    address = f"/courses/{stage.cast.course.slug}/pages/{stage.activity.pk}/tool/"
    answer = client.post(address, {"tool": stage.tool.pk, "choose": "1"})
    assert answer.status_code == 302
    choice = Choice.objects.get()
    to_tool = client.get(f"/lti/choices/{choice.public_id}/")["Location"]
    _target, form = form_of(client.get(path_of(stage.peer.answers_sign_in(to_tool))).content.decode())
    launch = stage.peer.reads_launch(form)
    assert launch.is_deep_link_launch()

    resource = DeepLinkResource().set_title("Kidney").set_url("https://tool.example/slides/7")
    word = launch.get_deep_link().get_response_jwt([resource])
    # The tool's page posts it without our cookie.
    back = Client().post(
        path_of(launch.get_deep_link()._deep_link_settings["deep_link_return_url"]), {"JWT": word}
    )
    assert back.status_code == 302
    assert "https://tool.example/slides/7" in client.get(back["Location"]).content.decode()
    again = Client().post(f"/lti/choices/{choice.public_id}/chosen/", {"JWT": word})
    assert again.status_code == 400


def test_a_removed_or_switched_off_tool_is_not_opened(stage: Stage) -> None:
    _application, client = stage.learner()
    stage.tool.is_active = False
    stage.tool.save()
    answer = client.get(f"/lti/{stage.link.public_id}/open/")
    assert answer.status_code == 403
    assert "switched off" in answer.content.decode()
