"""Signatures as in the Standard Webhooks specification, version 1. Pure.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hmac
import secrets

PREFIX = "whsec_"
BYTES = 32


def draw_secret() -> str:
    """A new secret: 256 random bits, in Base64 behind the prefix that the specification gives."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def sign(secret: str, *, key: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: HMAC-SHA256 over id, time in seconds, and body."""
    signed = f"{key}.{timestamp}.".encode() + body
    raw = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.digest(raw, signed, "sha256")).decode()


def make_headers(secret: str, *, key: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with a message; a receiver refuses what is old, and what it has by its id."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secret, key=key, timestamp=timestamp, body=body),
    }
