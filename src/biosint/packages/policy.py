"""What foreign scripts may do in the browser: play inside their frame, ask their own origin, and nothing else."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from biosint.packages import origins

# Of the frame on the site's page and of every document inside it. Missing on purpose: opening windows, leaving
# the frame (top navigation), pointer lock, presentation.
SANDBOX = "allow-scripts allow-same-origin allow-forms allow-modals allow-downloads"
_FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=(), display-capture=()"


def guard(response: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    """Put the policy on an answer of the packages' host.

    H5P and SCORM run only with inline scripts, some with ``eval`` too; on this origin both reach nothing that is
    the site's. ``worker-src blob:`` leaves out workers from files, and with them service workers.
    """
    sites = " ".join(origins.sites_for(request))
    response.headers["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'none'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self' blob:",
            "worker-src blob:",
            "form-action 'self'",
            "base-uri 'self'",
            f"frame-ancestors 'self' {sites}",
            f"sandbox {SANDBOX}",
        ]
    )
    response.headers["Permissions-Policy"] = _FEATURES
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
