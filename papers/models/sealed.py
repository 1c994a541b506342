"""A text column that is encrypted in the database: whoever reads the table reads nothing."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Text that only this installation reads; no filter, search or sorting finds its words.

    Encrypted with a key made from SECRET_KEY (Fernet: AES-128-CBC with HMAC-SHA256). After a
    change of SECRET_KEY it is read with SECRET_KEY_FALLBACKS; a value that no key opens is None.
    An empty text stays empty.
    """

    def get_prep_value(self, value: Any) -> Any:
        """What the table holds."""
        text = super().get_prep_value(value)
        return seal(text) if isinstance(text, str) else text

    def from_db_value(self, value: str | None, *context: Any) -> str | None:
        """What was written."""
        return unseal(value) if value else value


def seal(text: str) -> str:
    """Encrypt; twice gives two different texts."""
    return _get_cipher(_list_keys()).encrypt(text.encode()).decode() if text else ""


def unseal(value: str) -> str | None:
    """Decrypt; None when no key of this installation opens it."""
    try:
        return _get_cipher(_list_keys()).decrypt(value.encode()).decode()
    except InvalidToken:
        return None


def _list_keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _get_cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str) -> bytes:
    mixed = salted_hmac("papers.models.sealed", "", secret=key, algorithm="sha256")
    return base64.urlsafe_b64encode(mixed.digest())
