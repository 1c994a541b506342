"""Languages of pages and mails: whose language counts, and the texts of the scripts."""

from __future__ import annotations

import gettext
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation

from papers.models import Member

_PLURALS = 200
"""Numbers whose plural form a script is told; beyond, the last two digits decide."""


def speak_to(member: Member) -> translation.override:
    """For a mail that goes to a member: their language, else the lab's."""
    return translation.override(member.language or settings.LANGUAGE_CODE)


@cache
def get_script_texts(language: str) -> dict[str, object]:
    """The catalog of static/js/texts.js; empty where the scripts' own English serves."""
    locale = translation.to_locale(language)
    [folder] = settings.LOCALE_PATHS
    catalog = gettext.translation("djangojs", folder, [locale], fallback=True)
    if not isinstance(catalog, gettext.GNUTranslations):
        return {}
    forms = "".join(str(catalog.plural(number)) for number in range(_PLURALS))  # type: ignore[attr-defined]
    return {"plural": forms, "texts": _list_texts(catalog)}


def _list_texts(catalog: gettext.GNUTranslations) -> dict[str, Any]:
    """Texts by their English; those with plural forms as lists, in the catalog's order."""
    texts: dict[str, Any] = {}
    for key, text in catalog._catalog.items():  # type: ignore[attr-defined]
        if isinstance(key, tuple):
            texts.setdefault(key[0], []).append(text)
        elif key:
            texts[key] = text
    return texts
