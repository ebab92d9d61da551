from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from biosint.files import rules
from biosint.files.models import StoredFile
from biosint.files.serving import served
from biosint.shared.requests import person_of


@require_safe
def download(request: HttpRequest, public_id: UUID, name: str) -> HttpResponseBase:
    """Hand out a file, never shown inside the page's own origin, to whom the rule of its kind lets in."""
    stored = get_object_or_404(StoredFile, public_id=public_id)
    # 404, not 403: strangers do not learn which files exist.
    if not rules.may_read(person_of(request), stored):
        raise Http404
    return served(request, stored)
