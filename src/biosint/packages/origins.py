"""Where packages are played: an origin that shares no cookie, no storage and no script with the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

# On one machine these two names lead to one server and are two origins.
TWINS = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}


def _host_of(address: str) -> str:
    """Host with its port, as a browser writes it: without the port that the scheme means anyway."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    name = (parts.hostname or "").lower()
    return name if parts.port in {None, usual} else f"{name}:{parts.port}"


def _site_name() -> str:
    return (urlsplit(settings.SITE_URL).hostname or "").lower()


def _local() -> bool:
    return not settings.PACKAGES_ORIGIN and _site_name() in TWINS


def fault() -> str:
    """Return why packages cannot be played, for the system administrator; empty where they can."""
    given = settings.PACKAGES_ORIGIN
    if not given:
        if _site_name() in TWINS:
            return ""
        return (
            "BIOSINT_PACKAGES_ORIGIN is not set. Give it the address of another host name that leads to this server, "
            "such as https://packages-of-iah.example.org."
        )
    if _host_of(given) == _host_of(settings.SITE_URL):
        return (
            "BIOSINT_PACKAGES_ORIGIN is the site's own address. Foreign scripts would act as the person who looks at "
            "them: give it another host name that leads to this server."
        )
    if urlsplit(given).hostname == _site_name():
        return (
            "BIOSINT_PACKAGES_ORIGIN differs from the site in its port alone, and cookies know no ports: give it "
            "another host name that leads to this server."
        )
    if urlsplit(given).scheme != urlsplit(settings.SITE_URL).scheme:
        return (
            "BIOSINT_PACKAGES_ORIGIN and BIOSINT_SITE_URL must both begin with https:// (or both with http://), "
            "else browsers do not show one inside the other."
        )
    return ""


def is_host_of_packages(request: HttpRequest) -> bool:
    """Whether a request came to the host that plays packages. Local trials have one, whichever port they use."""
    if fault():
        return False
    host = request.get_host().lower()
    if _local():
        return _name_of(host) == TWINS[_site_name()]
    return _host_of(f"{request.scheme}://{host}") == _host_of(settings.PACKAGES_ORIGIN)


def _name_of(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def origin_for(request: HttpRequest) -> str:
    """Return the origin that plays packages for a page of the site; empty where none is set up."""
    if fault():
        return ""
    if not _local():
        return str(settings.PACKAGES_ORIGIN)
    parts = urlsplit(f"//{request.get_host()}")
    twin = TWINS.get(parts.hostname or "")
    return f"{request.scheme}://{twin}{f':{parts.port}' if parts.port else ''}" if twin else ""


def sites_for(request: HttpRequest) -> list[str]:
    """Return the origins that may show a player in a frame, on a request to the host of packages."""
    if _local():
        parts = urlsplit(f"//{request.get_host()}")
        return [f"{request.scheme}://{_site_name()}{f':{parts.port}' if parts.port else ''}"]
    site = urlsplit(settings.SITE_URL)
    others = {
        f"{site.scheme}://{host}"
        for host in settings.ALLOWED_HOSTS
        if host not in {"*", site.hostname, urlsplit(settings.PACKAGES_ORIGIN).hostname}
    }
    return [f"{site.scheme}://{_host_of(settings.SITE_URL)}", *sorted(others)]
