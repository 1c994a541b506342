"""A passkey in software: what a browser and its device answer, with every part to be got wrong."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from papers.models import Member
from tests import make

ORIGIN = "http://localhost"
PRESENT, VERIFIED, WITH_KEY = 1, 4, 64
"""Bits: somebody touched it; it knows their finger or PIN; it tells its public key."""


@dataclass
class SoftPasskey:
    """One passkey; `options` are those that the page gives its script."""

    origin: str = ORIGIN
    host: str = "localhost"
    is_verifying: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user: str = ""

    def create(self, options: str) -> str:
        """The answer to being made."""
        asked = json.loads(options)["publicKey"]
        self.user = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        known = AttestedCredentialData.create(bytes(16), self.id, public)
        made = AttestationObject.create("none", self._describe(WITH_KEY, known), {})
        client = self._sign_in_at("webauthn.create", asked["challenge"])
        extensions = {"credProps": {"rk": self.is_verifying}}
        return self._write({"clientDataJSON": client, "attestationObject": made}, extensions)

    def get(self, options: str, **changes: str) -> str:
        """The answer to being used."""
        client = self._sign_in_at("webauthn.get", json.loads(options)["publicKey"]["challenge"])
        data = self._describe(0, None)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._write(parts, {}, userHandle=self.user, **changes)

    def _sign_in_at(self, kind: str, challenge: str) -> bytes:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _describe(self, flags: int, known: AttestedCredentialData | None) -> bytes:
        flags |= PRESENT | (VERIFIED if self.is_verifying else 0)
        host = sha256(self.host.encode()).digest()
        return AuthenticatorData.create(host, flags, 0, known or b"")

    def _write(self, parts: dict[str, bytes], extensions: Any, **texts: str) -> str:
        response = {name: websafe_encode(bytes(part)) for name, part in parts.items()} | texts
        name = websafe_encode(self.id)
        found = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps({**found, "clientExtensionResults": extensions})


def make_passkey(member: Member, name: str = "Laptop") -> Authenticator:
    """A passkey of a member, of which nobody has the secret."""
    asked = {"publicKey": {"challenge": "AAAA", "user": {"id": "AAAA"}}}
    credential = json.loads(SoftPasskey().create(json.dumps(asked)))
    return Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential},
    )


PLACE, SIGN_IN = "/profile/passkeys/", "/accounts/passkey/"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def open_browser() -> Client:
    return Client(SERVER_NAME="localhost", headers={"User-Agent": AGENT})


def type_password(laptop: Client, member: Member) -> Any:
    sent = {"login": member.handle, "password": make.PASSWORD}
    return laptop.post("/accounts/login/", sent)


def confirm(laptop: Client) -> None:
    answer = laptop.post("/accounts/confirmation/", {"password": make.PASSWORD})
    assert answer.status_code == 302


def add(laptop: Client, passkey: SoftPasskey, name: str = "Laptop") -> Any:
    options = laptop.get(f"{PLACE}new/").context["options"]
    sent = {"name": name, "credential": passkey.create(options)}
    return laptop.post(f"{PLACE}new/", sent)


def ask(laptop: Client) -> str:
    """What the script of the sign-in page is told."""
    found = laptop.get(SIGN_IN, headers={"Accept": "application/json"}).json()
    return json.dumps(found["request_options"])


def sign_in(laptop: Client, passkey: SoftPasskey, **changes: str) -> bool:
    answer = laptop.post(SIGN_IN, {"credential": passkey.get(ask(laptop), **changes)})
    assert answer.status_code == 302
    is_in = laptop.get("/papers/").status_code == 200
    assert is_in or answer["Location"] == "/accounts/login/"
    return is_in
