"""The WSGI door, for gunicorn."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from reviewapp.database.limits import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.settings")

limit_statements()
_django = get_wsgi_application()
reverse("desk")  # to know one name Django loads all addresses, with the views behind them


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django's own, but for headers that it cannot read: it raises BadRequest before any
    middleware is asked, and the server would answer 500.
    """
    try:
        return _django(environ, start_response)
    except BadRequest as problem:
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [f"{problem}\n".encode()]
