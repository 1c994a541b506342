"""The files that browsers and robots ask every site for."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers import access
from papers.http import get_request_lab

VALID = timedelta(days=180)
"""How long what security.txt says may be relied on."""


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read what the lab shows to strangers, and nothing of a closed lab."""
    is_public = access.can_read(None, get_request_lab(request))
    closed = "/accounts/" if is_public else "/"
    text = f"User-agent: *\nDisallow: {closed}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    until = (timezone.now() + VALID).replace(microsecond=0).isoformat()
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    text = f"Contact: mailto:{address}\nExpires: {until}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """The three bars, for browsers that do not read the icon of the page."""
    return HttpResponseRedirect(static("img/favicon.ico"))
