"""Ending mail by the link in it: the button for people, the bare POST for mail programs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from papers.http import PageRequest, render_page
from papers.mail.unsubscribe import KINDS, LinkBroken, read_unsubscribe_token, unsubscribe_member


# A mail program sends no cookie and no token of a form: the signed address is the permission.
@csrf_exempt
@login_not_required
@never_cache
def mail_unsubscription(request: PageRequest, token: str) -> HttpResponse:
    """GET asks (programs that follow links must not end anything), POST does it."""
    try:
        if request.method == "POST":
            member, kind = unsubscribe_member(token=token, at=timezone.now())
        else:
            member, kind = read_unsubscribe_token(token)
    except LinkBroken as problem:
        raise Http404(str(problem)) from problem
    context = {
        "who": member.email,
        "what": KINDS[kind],
        "is_done": request.method == "POST",
    }
    return render_page(request, "notifications/mail_unsubscription.html", context)
