"""A person opens a tool, or chooses content in it: the sign-in that LTI 1.3 takes over from OpenID Connect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from biosint.lti import claims, keys
from biosint.lti.homes import HOMES, Context, home_of
from biosint.lti.models import Acquaintance, Choice, Link, Tool
from biosint.lti.operations import agree, known_as, read_of_tool, signed, spend, take_choice
from biosint.lti.rules import may_open
from biosint.lti.web import addresses
from biosint.shared.languages import page_tag
from biosint.shared.requests import SignedIn, login_required, person_of
from biosint.shared.verdicts import Fault, require

if TYPE_CHECKING:
    from biosint.people.api import Person

LONGEST_NONCE = 500
LONGEST_STATE = 4000


def _link(request: SignedIn, public_id: UUID) -> Link:
    link = get_object_or_404(Link.objects.select_related("tool", "created_by"), public_id=public_id)
    if home_of(link).role_of(request.user, link) is None:
        raise Http404
    require(may_open(link.tool))
    return link


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def open_link(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Tell once what the tool learns; afterwards lead to its sign-in."""
    link = _link(request, public_id)
    tool = link.tool
    if request.method == "POST":
        agree(tool=tool, by=request.user, at=timezone.now())
    if request.method == "POST" or known_as(request.user, tool) is None:
        return render(
            request,
            "lti/open.html",
            {
                "link": link,
                "tool": tool,
                "host": urlsplit(tool.launch_url).hostname,
                "is_agreed": request.method == "POST",
                "back": home_of(link).address_of(link),
            },
        )
    return _to_sign_in(
        tool, request, kind="link", public_id=link.public_id, target=link.url or tool.launch_url
    )


def _to_sign_in(
    tool: Tool, request: SignedIn, *, kind: str, public_id: UUID, target: str
) -> HttpResponseRedirect:
    asked = {
        "iss": addresses.issuer(),
        "target_link_uri": target,
        "login_hint": addresses.hint(request.user, kind, public_id),
        "lti_message_hint": str(public_id),
        "client_id": tool.client_id,
        "lti_deployment_id": tool.deployment_id,
    }
    parts = urlsplit(tool.login_url)
    query = "&".join(filter(None, [parts.query, urlencode(asked)]))
    return HttpResponseRedirect(urlunsplit(parts._replace(query=query)))


def _refused(request: HttpRequest, why: str, *, status: int = 400) -> HttpResponse:
    return render(request, "lti/refused.html", {"why": why}, status=status)


def _wrong_in(asked: QueryDict) -> str:
    """Return the names of parameters that are not as LTI wants them; empty where all are."""
    wanted = {"response_type": "id_token", "scope": "openid", "response_mode": "form_post", "prompt": "none"}
    wrong = [name for name, value in wanted.items() if asked.get(name) != value]
    if not 0 < len(asked.get("nonce", "")) <= LONGEST_NONCE:
        wrong.append("nonce")
    if len(asked.get("state", "")) > LONGEST_STATE:
        wrong.append("state")
    return ", ".join(wrong)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Answer a tool that asks who has come. It has no right to ask for anybody but who is signed in here."""
    if request.method == "POST":
        # A post from another site brings no cookie; the same question as a GET does.
        return HttpResponseRedirect(f"{request.path}?{request.POST.urlencode()}", status=303)
    asked = request.GET
    tool = tool_named(asked.get("client_id", ""))
    if tool is None or asked.get("redirect_uri") not in tool.answer_urls:
        # Nothing is sent to an address that nobody registered.
        return _refused(request, "client_id, redirect_uri")
    if wrong := _wrong_in(asked):
        return _refused(request, wrong)
    now = timezone.now()
    said, why = _said_to(tool, asked, person=person_of(request), now=int(now.timestamp()))
    if said is None:
        return _refused(request, why, status=403)
    response = render(
        request,
        "lti/go.html",
        {
            "address": asked["redirect_uri"],
            "token": signed(said, at=now),
            "state": asked.get("state", ""),
            "tool": tool,
        },
    )
    # This one page may post to this one tool.
    origin = urlsplit(asked["redirect_uri"])
    response._csp_update = {"form-action": [f"{origin.scheme}://{origin.netloc}"]}  # type: ignore[attr-defined]  # noqa: SLF001 -- how django-csp is told
    return response


def _said_to(
    tool: Tool, asked: QueryDict, *, person: Person | None, now: int
) -> tuple[dict[str, Any] | None, str]:
    """Return what a tool is told of who has come; None and the parameter that hinders, where it is told nothing."""
    hint = addresses.read_hint(asked.get("login_hint", ""))
    if hint is None or person is None or hint.person_id != person.pk:
        return None, "login_hint"
    acquaintance = known_as(person, tool)
    if acquaintance is None:
        return None, "login_hint"
    say = _said_of_link if hint.kind == "link" else _said_of_choice
    return say(hint.public_id, tool, acquaintance, nonce=str(asked["nonce"]), now=now), "lti_message_hint"


def tool_named(client_id: str) -> Tool | None:
    try:
        return Tool.objects.filter(public_id=UUID(client_id), is_active=True).first()
    except ValueError:
        return None


def _said_of_link(
    public_id: str, tool: Tool, acquaintance: Acquaintance, *, nonce: str, now: int
) -> dict[str, Any] | None:
    link = Link.objects.select_related("tool", "created_by").filter(public_id=public_id, tool=tool).first()
    role = home_of(link).role_of(acquaintance.person, link) if link else None
    if link is None or role is None:
        return None
    return claims.launch(
        link,
        acquaintance,
        context=home_of(link).context_of(link),
        role=role,
        nonce=nonce,
        language=page_tag(translation.get_language()),
        places=addresses.places_of(link),
        now=now,
    )


def _said_of_choice(
    public_id: str, tool: Tool, acquaintance: Acquaintance, *, nonce: str, now: int
) -> dict[str, Any] | None:
    choice = Choice.objects.filter(public_id=public_id, tool=tool, person=acquaintance.person).first()
    if choice is None or not HOMES[choice.home].may_choose(acquaintance.person, choice.key):
        return None
    return claims.choosing(
        tool,
        acquaintance,
        context=Context(key=f"{choice.home}:{choice.key}", title="", label=""),
        nonce=nonce,
        data=str(choice.public_id),
        language=page_tag(translation.get_language()),
        places=addresses.places_of_choice(choice),
        now=now,
    )


@login_required
@never_cache
def choose(request: SignedIn, public_id: UUID) -> HttpResponse:
    """Lead a teacher to the tool to choose content there."""
    choice = get_object_or_404(
        Choice.objects.select_related("tool"), public_id=public_id, person=request.user
    )
    require(may_open(choice.tool))
    if not choice.tool.deep_link_url:
        raise Http404
    agree(tool=choice.tool, by=request.user, at=timezone.now())
    return _to_sign_in(
        choice.tool, request, kind="choice", public_id=choice.public_id, target=choice.tool.deep_link_url
    )


@csrf_exempt
@never_cache
@require_POST
def chosen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take what was chosen from the tool (it comes through the person's browser, without our cookie)."""
    choice = get_object_or_404(Choice.objects.select_related("tool"), public_id=public_id)
    now = timezone.now()
    token = request.POST.get("JWT", "")
    tool = choice.tool
    answers = {
        f"{claims.LTI}message_type": "LtiDeepLinkingResponse",
        f"{claims.LTI}deployment_id": tool.deployment_id,
        f"{claims.DL}data": str(choice.public_id),
    }
    try:
        said = read_of_tool(token, tool, at=now, iss=tool.client_id, aud=addresses.issuer(), **answers)
        spend(token, tool, claims=said, at=now)
    except (keys.NotSigned, Fault) as wrong:
        return _refused(request, str(wrong))
    items = said.get(f"{claims.DL}content_items")
    item = next(
        (
            one
            for one in (items if isinstance(items, list) else [])
            if isinstance(one, dict) and one.get("type") == "ltiResourceLink"
        ),
        None,
    )
    if item is not None:
        url = str(item.get("url") or "")
        if url and urlsplit(url).netloc != urlsplit(tool.launch_url).netloc:
            return _refused(request, "url")
        custom = item.get("custom")
        take_choice(
            public_id=choice.public_id,
            tool=tool,
            title=str(item.get("title") or tool.name),
            url=url[:500],
            custom={
                str(name)[:100]: str(value)[:1000]
                for name, value in (custom.items() if isinstance(custom, dict) else ())
            },
            at=now,
        )
    return redirect(HOMES[choice.home].address_of_choice(choice))
