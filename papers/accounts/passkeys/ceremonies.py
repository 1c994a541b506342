"""What the browser is asked for, and reading what it answers.

A passkey belongs to the host of SITE_URL: it is made for that host alone, and only answers from
pages of that very origin count. Where the site has no https (on the machine of a developer, or the
embedded installation) browsers take passkeys under `localhost` alone, so the host is the request's.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData, ResidentKeyRequirement, UserVerificationRequirement

from papers.models import Member
from papers.text.foreign_json import read_json

LONGEST = 20_000
"""Characters of what a browser answers; usual are 1,500."""

MALFORMED = (
    ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError,
    UnsupportedAlgorithm, ValidationError, ValueError, struct.error,
)  # fmt: skip
"""What the libraries raise on answers that no browser gives."""


class CredentialField(forms.Field):
    """What a browser answers: an object of JSON, written by our script."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> dict[str, Any]:
        """The object; an empty one where nothing came."""
        text = str(value or "")
        try:
            found = read_json(text) if 0 < len(text) <= LONGEST else {}
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}

    def validate(self, value: Any) -> None:
        """Whether it is any good is for `refusing` to say."""

    def prepare_value(self, value: Any) -> str:
        """Never sent back: it is good for one try."""
        return ""


@contextmanager
def refusing(said: Any) -> Iterator[None]:
    """Whatever is wrong with an answer, there is one sentence about it."""
    try:
        yield
    except MALFORMED as problem:
        raise ValidationError(said, code="refused") from problem


def find_host(request: HttpRequest) -> str:
    """The host that passkeys belong to."""
    if settings.IS_SECURE:
        return str(settings.SITE.hostname)
    return urlsplit(f"//{request.get_host()}").hostname or ""


def find_origin(request: HttpRequest) -> str:
    """The origin of the pages that may use them, as browsers write it."""
    if not settings.IS_SECURE:
        return f"{request.scheme}://{request.get_host()}"
    port = settings.SITE.port
    return f"https://{settings.SITE.hostname}" + (f":{port}" if port and port != 443 else "")


def check_origin(request: HttpRequest, credential: dict[str, Any]) -> None:
    """Raise ValidationError unless a page of ours asked, and not one that frames it.

    The library would take pages of any host below ours as well.
    """
    client = CollectedClientData(websafe_decode(credential["response"]["clientDataJSON"]))
    if client.origin != find_origin(request) or client.cross_origin:
        raise ValidationError(client.origin)


def begin_registration(member: Member) -> str:
    """What is asked of the browser that makes a passkey, as JSON.

    Asked for: one that can be found without typing a name, behind a finger or a PIN. A security key
    that has neither is taken too; it is good as a second factor alone.
    """
    options, state = auth.get_server().register_begin(
        user=auth.build_user_payload(member),
        credentials=auth.get_credentials(member),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        extensions=auth.EXTENSIONS,
    )
    auth.set_state(state)
    return json.dumps(dict(options))


def begin_confirmation(member: Member) -> str:
    """What is asked of a browser that shows one of the member's passkeys, as JSON."""
    return json.dumps(auth.begin_authentication(member))
