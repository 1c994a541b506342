"""Where one is signed in, and signing out there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessions
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from papers.accounts.sessions import actions
from papers.accounts.sessions.queries import list_sessions
from papers.accounts.sessions.store import SessionStore
from papers.http import MemberRequest, redirect_page, render_page

LONGEST_AGENT = 300
"""Characters, as the column has it; what tells browsers apart stands before."""


class SessionMiddleware(DjangoSessions):
    """Django's, which also notes which browser a session is used in, and when."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the session the browser's name of itself."""
        super().process_request(request)
        name_browser(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Note that the session was used."""
        answer = super().process_response(request, response)
        if isinstance(session := getattr(request, "session", None), SessionStore):
            session.note_use()
        return answer


class MemberMiddleware(AuthenticationMiddleware):
    """Django's, which also finds the member at once: every page is in the language of somebody."""

    def process_request(self, request: HttpRequest) -> None:
        """Put the member herself in the place of what would find her, which each look costs."""
        super().process_request(request)
        request.user = get_user(request)


def name_browser(request: HttpRequest) -> None:
    """Give the session the browser's name of itself."""
    request.session.agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT]  # type: ignore[attr-defined]


@require_safe
def session_list(request: MemberRequest) -> HttpResponse:
    """Where one is signed in."""
    key = request.session.session_key
    sessions = list_sessions(member=request.user, key=key, at=timezone.now())
    return render_page(request, "accounts/session_list.html", {"sessions": sessions})


@require_POST
def session_closing(request: MemberRequest, number: int) -> HttpResponse:
    """Sign one other session out; it is dead at its next request."""
    name = actions.end_session(member=request.user, number=number, key=request.session.session_key)
    if name:
        messages.success(request, _("Signed out: %(name)s.") % {"name": name})
    return redirect_page(request, reverse("session-list"))


@require_POST
def others_closing(request: MemberRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    count = actions.end_other_sessions(member=request.user, key=request.session.session_key)
    said = ngettext("Signed out 1 session.", "Signed out %(n)d sessions.", count)
    messages.success(request, said % {"n": count})
    return redirect_page(request, reverse("session-list"))
