"""Words that no person types and somebody will send."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from biosint.institutions.api import Institution
from biosint.shared.choosers import RecordsField
from biosint.shared.days import DayField, MomentField
from biosint.shared.requests import key_in
from factories import InstitutionFactory


@pytest.mark.parametrize(
    ("word", "key"), [("12", 12), ("٣", 3), ("", 0), ("-1", 0), ("²", 0), ("1e3", 0), ("9" * 19, 0)]
)
def test_a_key_is_a_number_that_a_database_holds(word: str, key: int) -> None:
    assert key_in(word) == key


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_days_stay_within_the_calendar(day: str) -> None:
    with pytest.raises(ValidationError, match="between 1900 and 2200"):
        DayField().clean(day)
    with pytest.raises(ValidationError, match="between 1900 and 2200"):
        MomentField().clean(f"{day} 12:00")


def test_a_day_may_be_left_out_where_it_is_not_asked_for() -> None:
    assert DayField(required=False).clean("") is None


@pytest.mark.django_db
def test_records_are_chosen_by_keys_and_nothing_else() -> None:
    chosen = InstitutionFactory()
    field = RecordsField(queryset=Institution.objects.all())

    assert list(field.clean([str(chosen.pk)])) == [chosen]
    for word in ("9" * 30, "²", "x"):
        with pytest.raises(ValidationError):
            field.clean([word])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/?q=%00", "/indicators/a%00/b/"])
def test_an_address_with_a_zero_byte_is_refused(address: str) -> None:
    assert Client().get(address).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "form", [{"language": "s\x00r"}, {"language": "sr", "next": "/\x00"}, {"key\x00": "", "x": "\x00"}]
)
@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_word_with_a_zero_byte_is_refused(form: dict[str, str], kind: str) -> None:
    client = Client()

    answer = (
        client.post("/ui/language/", form)
        if kind.startswith("multipart")
        else client.post("/ui/language/", urlencode(form), content_type=kind)
    )

    assert answer.status_code == 400
    assert "biosint_language" not in answer.cookies
