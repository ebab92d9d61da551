"""An external tool made with PyLTI1p3: an implementation of LTI 1.3 that is none of ours.

What it sends over the network reaches the platform through Django's test client.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pylti1p3.contrib.django import DjangoMessageLaunch, DjangoOIDCLogin
from pylti1p3.registration import Registration
from pylti1p3.tool_config import ToolConfDict
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from biosint.lti.models import Tool

ISSUER = "http://localhost"


class ToPlatform(BaseAdapter):
    """Carries requests of the tool's own HTTP library to the platform under test."""

    def send(self, request: requests.PreparedRequest, **_kwargs: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        headers = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in request.headers.items()
            # Answers are read as they are: no compression between the two.
            if name.lower() not in {"content-type", "content-length", "accept-encoding"}
        }
        body = request.body or b""
        answer = Client().generic(
            str(request.method),
            f"{parts.path}?{parts.query}",
            body.encode() if isinstance(body, str) else body,
            content_type=request.headers.get("Content-Type", "application/octet-stream"),
            **headers,
        )
        response = requests.Response()
        response.status_code = answer.status_code
        response._content = answer.content
        response.headers = CaseInsensitiveDict(answer.headers)
        response.url = str(request.url)
        response.request = request
        return response

    def close(self) -> None:
        pass


def session() -> requests.Session:
    made = requests.Session()
    made.mount("http://", ToPlatform())
    return made


@dataclass
class Peer:
    """A tool with its own keys and cookies."""

    tool: Tool
    private: str
    cookies: dict[str, str] = field(default_factory=dict)
    store: SessionStore = field(default_factory=SessionStore)

    @property
    def config(self) -> ToolConfDict:
        config = ToolConfDict(
            {
                ISSUER: {
                    "client_id": self.tool.client_id,
                    "auth_login_url": f"{ISSUER}/lti/authorize/",
                    "auth_token_url": f"{ISSUER}/lti/token/",
                    "key_set_url": f"{ISSUER}/lti/keys/",
                    "deployment_ids": [self.tool.deployment_id],
                }
            }
        )
        config.set_private_key(ISSUER, self.private)
        return config

    def _request(self, request: HttpRequest) -> HttpRequest:
        request.session = self.store
        request.COOKIES.update(self.cookies)
        return request

    def answers_sign_in(self, address: str) -> str:
        """Return where the tool sends a browser that arrives at its sign-in."""
        parts = urlsplit(address)
        request = self._request(RequestFactory().get(f"{parts.path}?{parts.query}", secure=True))
        login = DjangoOIDCLogin(request, self.config)
        target = request.GET["target_link_uri"]
        answer = login.redirect(target)
        self.cookies.update({name: morsel.value for name, morsel in answer.cookies.items()})
        return str(answer["Location"])

    def reads_launch(self, form: dict[str, str]) -> DjangoMessageLaunch:
        """Return the launch that a posted form makes; raises where anything in it is wrong."""
        request = self._request(RequestFactory().post("/launch", form, secure=True))
        launch = DjangoMessageLaunch(request, self.config, requests_session=session())
        launch.get_launch_data()
        return launch


def new_keys() -> tuple[str, dict[str, Any]]:
    """Return (private PEM, public JWK set) of a tool."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, {"keys": [dict(Registration.get_jwk(public.decode()))]}


def form_of(page: str) -> tuple[str, dict[str, str]]:
    """Return where a page's form for the tool leads, and what it holds."""
    form = re.search(r'<form method="post" action="([^"]+)" data-go>(.*?)</form>', page, re.DOTALL)
    assert form is not None, page
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form[2])
    return html.unescape(form[1]), {name: html.unescape(value) for name, value in fields}


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
