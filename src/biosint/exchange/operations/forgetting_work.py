"""Erases what a person wrote in the activities of courses when the account is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biosint.exchange.models import (
    AtWork,
    Ballot,
    Contribution,
    Deviation,
    Excuse,
    Extension,
    FormerWords,
    Phrase,
    Product,
    PutForward,
    Review,
    SelfRating,
    SurveyTicket,
    Thread,
    Visit,
)

if TYPE_CHECKING:
    from biosint.people.api import Person


def forget_work(person: Person) -> None:
    """Erase the person's own words; that something stood there stays, since others answered it.

    The caller holds the transaction.
    """
    FormerWords.objects.filter(contribution__author=person).delete()
    Contribution.objects.filter(author=person).update(text="")
    Thread.objects.filter(begun_by=person).update(title="…")
    person.applications.update(motivation="", reason="", answers=[])
    Visit.objects.filter(person=person).delete()
    # Works of a team are the team's; the name beside them is gone with the account.
    own = Product.objects.filter(application__learner=person)
    Product.files.through.objects.filter(product__in=own).delete()
    own.update(text="", link="")
    # Points stay: they are part of what others got. So do counts of polls, which name nobody.
    Review.objects.filter(reviewer__application__learner=person).update(words="")
    Review.objects.filter(work__application__learner=person).update(answer="")
    Ballot.objects.filter(voter__application__learner=person).delete()
    SelfRating.objects.filter(application__learner=person).delete()
    # Without it nobody knows that they were asked; what they answered never knew them.
    SurveyTicket.objects.filter(application__learner=person).delete()
    # Marks stand as records of the institution; why somebody got more time is often about their health.
    for reasons in (Extension, Excuse, Deviation):
        reasons.objects.filter(application__learner=person).update(reason="…")
    PutForward.objects.filter(learner=person).delete()
    Phrase.objects.filter(person=person).delete()
    AtWork.objects.filter(person=person).delete()
