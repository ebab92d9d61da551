"""What our sign-up and sign-in do differently from allauth's own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from biosint.people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:  # noqa: FBT001, FBT002 -- allauth's signature
        user.name = form.cleaned_data.get("name", "")
        user.email = form.cleaned_data["email"].lower()
        user.language = getattr(request, "LANGUAGE_CODE", "")
        user.time_zone = request.COOKIES.get("biosint_zone", "")[:60]
        password = form.cleaned_data.get("password1")
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        if commit:
            user.save()
        return user
