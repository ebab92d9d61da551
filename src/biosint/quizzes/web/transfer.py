"""Questions from and for other tools."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse

from biosint.shared.requests import SignedIn, login_required


@login_required
def receive(request: SignedIn, bank_id: int) -> HttpResponse:
    raise Http404


@login_required
def look(request: SignedIn, bank_id: int, file_id: UUID) -> HttpResponse:
    raise Http404


@login_required
def export(request: SignedIn, bank_id: int, form: str) -> HttpResponse:
    raise Http404
