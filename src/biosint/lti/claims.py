"""What is said to a tool when somebody opens it, in the words of LTI 1.3 (1EdTech, core and Advantage)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from biosint.lti.homes import Context, Role
from biosint.lti.models import Acquaintance, Link, Tool

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/"

SCOPE_ITEM = f"{AGS}scope/lineitem.readonly"
SCOPE_RESULT = f"{AGS}scope/result.readonly"
SCOPE_SCORE = f"{AGS}scope/score"
SCOPE_MEMBERS = f"{NRPS}scope/contextmembership.readonly"
SCOPES = (SCOPE_ITEM, SCOPE_RESULT, SCOPE_SCORE, SCOPE_MEMBERS)

MINUTES = 5
"""How long what is said to a tool is worth anything."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """Absolute addresses on this site that a tool is told."""

    issuer: str
    back: str
    members: str
    items: str
    item: str
    choosing: str = ""


def identity(acquaintance: Acquaintance) -> dict[str, str]:
    """Return what a tool learns of a person: what it was registered for, no more."""
    tool, person = acquaintance.tool, acquaintance.person
    told = {"sub": str(acquaintance.sub)}
    if tool.shares_name:
        told["name"] = person.name
    if tool.shares_email:
        told["email"] = person.email
    return told


def _common(
    tool: Tool, acquaintance: Acquaintance, *, nonce: str, role: Role, places: Places, now: int
) -> dict[str, Any]:
    return {
        "iss": places.issuer,
        "aud": tool.client_id,
        "iat": now,
        "exp": now + MINUTES * 60,
        "nonce": nonce,
        **identity(acquaintance),
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": tool.deployment_id,
        f"{LTI}roles": [str(role)],
        f"{LTI}tool_platform": {"guid": places.issuer, "product_family_code": "biosint", "name": "BIOSINT"},
    }


def _context(context: Context) -> dict[str, Any]:
    return {
        "id": context.key,
        "title": context.title,
        "label": context.label,
        "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
    }


def launch(
    link: Link,
    acquaintance: Acquaintance,
    *,
    context: Context,
    role: Role,
    nonce: str,
    language: str,
    places: Places,
    now: int,
) -> dict[str, Any]:
    """Return the claims with which a person opens a link. ``now``: seconds since 1970."""
    claims = _common(link.tool, acquaintance, nonce=nonce, role=role, places=places, now=now)
    claims |= {
        f"{LTI}message_type": "LtiResourceLinkRequest",
        f"{LTI}target_link_uri": link.url or link.tool.launch_url,
        f"{LTI}resource_link": {"id": str(link.public_id), "title": link.title},
        f"{LTI}context": _context(context),
        f"{LTI}launch_presentation": {
            "document_target": "window",
            "locale": language,
            "return_url": places.back,
        },
        f"{NRPS}claim/namesroleservice": {
            "context_memberships_url": places.members,
            "service_versions": ["2.0"],
        },
    }
    if link.custom:
        claims[f"{LTI}custom"] = {str(name): str(value) for name, value in link.custom.items()}
    if link.takes_results:
        claims[f"{AGS}claim/endpoint"] = {
            "scope": [SCOPE_ITEM, SCOPE_RESULT, SCOPE_SCORE],
            "lineitems": places.items,
            "lineitem": places.item,
        }
    return claims


def choosing(
    tool: Tool,
    acquaintance: Acquaintance,
    *,
    context: Context,
    nonce: str,
    data: str,
    language: str,
    places: Places,
    now: int,
) -> dict[str, Any]:
    """Return the claims with which a teacher chooses content in a tool (deep linking). ``data`` comes back as it is."""
    claims = _common(tool, acquaintance, nonce=nonce, role=Role.INSTRUCTOR, places=places, now=now)
    return claims | {
        f"{LTI}message_type": "LtiDeepLinkingRequest",
        f"{LTI}target_link_uri": tool.deep_link_url,
        f"{LTI}context": _context(context),
        f"{LTI}launch_presentation": {"document_target": "window", "locale": language},
        f"{DL}deep_linking_settings": {
            "deep_link_return_url": places.choosing,
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["window"],
            "accept_multiple": False,
            "auto_create": False,
            "data": data,
        },
    }
