from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from biosint.files import queries, rules
from biosint.files.models import StoredFile
from biosint.shared.requests import person_of


@require_safe
def download(request: HttpRequest, public_id: UUID, name: str) -> HttpResponseBase:
    """Hand out a file, never shown inside the page's own origin, to whom the rule of its kind lets in."""
    stored = get_object_or_404(StoredFile, public_id=public_id)
    # 404, not 403: strangers do not learn which files exist.
    if not rules.may_read(person_of(request), stored):
        raise Http404
    etag = f'"{stored.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(
            queries.open_content(stored),
            as_attachment=True,
            filename=stored.name,
            content_type=stored.media_type,
        )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
