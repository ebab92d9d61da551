from __future__ import annotations

import pytest

from biosint.jobs.models import Job
from biosint.notices import api as notices
from clock import NOON
from factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("email", "mails"), [("ana@demonstration.example", 0), ("ana@example.org", 1)])
def test_invented_people_get_notices_and_no_mail(email: str, mails: int) -> None:
    notice = notices.tell(PersonFactory(email=email), title="Hello", text="Welcome.", at=NOON)

    assert notice.pk
    assert Job.objects.filter(name="notices.send_mail").count() == mails
