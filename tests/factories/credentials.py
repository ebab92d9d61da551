"""Makes credentials through the operation, so that their signatures are real."""

from __future__ import annotations

from typing import Any

import factory

from biosint.credentials import api, signing
from biosint.credentials.models import Credential, IssuerKey
from clock import NOON
from factories.institutions import InstitutionFactory
from factories.people import PersonFactory


class IssuerKeyFactory(factory.django.DjangoModelFactory[IssuerKey]):
    class Meta:
        model = IssuerKey

    institution = factory.SubFactory(InstitutionFactory)
    created_at = NOON

    @classmethod
    def _create(cls, model_class: type[IssuerKey], *args: Any, **fields: Any) -> IssuerKey:
        did, sealed = signing.new_key()
        return super()._create(model_class, *args, did=did, sealed=sealed, **fields)


class CredentialFactory(factory.django.DjangoModelFactory[Credential]):
    class Meta:
        model = Credential

    kind = "course_completion"
    title = "Shared wards"
    description = "Six weeks in a mixed team on one case."
    criteria = "Took part in the team’s work and passed its product."
    holder = factory.SubFactory(PersonFactory)
    issuer = factory.SubFactory(InstitutionFactory)
    achieved_at = NOON

    @classmethod
    def _create(cls, model_class: type[Credential], *args: Any, **fields: Any) -> Credential:
        fields.setdefault("subject", fields["holder"])
        return api.issue(by=None, at=NOON, **fields)
