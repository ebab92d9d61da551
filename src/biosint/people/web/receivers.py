"""What happens to an account when its person signs in, or sets a password or a passkey."""

from typing import Any

from allauth.account.signals import password_set
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from biosint.people import operations
from biosint.people.models import Person


@receiver(user_logged_in, dispatch_uid="people.language_of_the_person")
def choose_language(request: HttpRequest | None, user: Person, **_more: Any) -> None:
    """Hand the person's language to the middleware, which keeps it in the cookie."""
    if request is not None:
        request.chosen_language = user.language  # type: ignore[attr-defined]  # read by LanguageMiddleware


@receiver([password_set, authenticator_added], dispatch_uid="people.guest_becomes_member")
def keep_guest(user: Person, **_more: Any) -> None:
    """A guest who sets a password or a passkey has an account of their own from now on."""
    operations.become_member(person=user, at=timezone.now())
