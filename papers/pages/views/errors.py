"""Pages on which several rooms meet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(
    request: HttpRequest,
    reason: str = "",
) -> HttpResponse:
    """A form that came without its token: say what happened and what to do."""
    return render(request, "403_csrf.html", status=403)
