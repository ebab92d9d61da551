"""What indicators hands to the registries below it: its place in the menu and its search."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biosint.indicators import queries
from biosint.people.api import Office, Person
from biosint.shared import registries
from biosint.shared.words import in_language


def search(words: str, *, person: Person | None, limit: int) -> Iterable[registries.Found]:  # noqa: ARG001 -- the bank is public
    """The bank is small and public: it is searched in the language the reader sees."""
    bank = queries.current_bank()
    if bank is None:
        return
    asked = words.casefold()
    found = 0
    for indicator in queries.indicators_of(bank):
        title = in_language(indicator.title).text
        if asked in title.casefold() or asked == indicator.code.casefold():
            yield registries.Found(
                title=f"{indicator.code} {title}",
                url=reverse("indicators:detail", args=[bank.code, indicator.code]),
                kind=_("Indicator"),
                text=in_language(indicator.asks).text,
            )
            found += 1
            if found == limit:
                return


def _loaded(person: Person) -> Iterable[dict[str, object]]:
    """Bank versions that the person put in use, began or published."""
    for bank in queries.banks_loaded_by(person):
        yield {
            "bank": bank.code,
            "loaded_at": bank.loaded_at.isoformat(),
            "published_by_you": bank.published_by_id == person.pk,
        }


def register() -> None:
    """Called once, when Django has loaded every app."""
    registries.DESTINATIONS.append(
        registries.Destination(
            area=registries.Area.INSTITUTION,
            label=_("Indicators"),
            url_name="indicators:bank",
            meaning=_("Read what is asked of an institution and what must prove it."),
            icon="list-checks",
            visible=lambda person: (
                person.is_staff
                or person.holds(Office.ADMINISTRATOR, Office.COORDINATOR, Office.QUALITY_BOARD, Office.DEAN)
            ),
            order=30,
        )
    )
    registries.SEARCHERS.append(search)
    registries.EXPORTERS.append(("indicators.bankversion", _loaded))
