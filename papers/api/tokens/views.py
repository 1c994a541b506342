"""A member's tokens; a new one is shown once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.api.tokens import actions
from papers.api.tokens.forms import TokenForm
from papers.http import MemberRequest, redirect_page, render_page
from papers.writing.views import once, read_secret, redirect_to_secret


@require_http_methods(["GET", "HEAD", "POST"])
@recent_sign_in
@once
def token_list(request: MemberRequest) -> HttpResponse:
    """One's tokens; a new one is shown once."""
    if request.method != "POST":
        return _show(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        _token, secret = actions.make_token(**form.cleaned_data, by=request.user, at=timezone.now())
    except actions.TooManyTokens:
        said = _("You have %(n)s tokens, the most allowed. Revoke one first.")
        form.add_error(None, said % {"n": actions.MOST_TOKENS})
        return _show(request, form, status=422)
    return redirect_to_secret(reverse("token-list"), secret)


@require_POST
def token_revocation(request: MemberRequest, pk: int) -> HttpResponse:
    """Revoke a token; programs that use it are refused from now on."""
    if actions.revoke_token(pk=pk, by=request.user):
        messages.success(request, _("Token revoked. Programs that use it no longer have access."))
    return redirect_page(request, reverse("token-list"))


def _show(request: MemberRequest, form: TokenForm, *, status: int = 200) -> HttpResponse:
    at = timezone.now()
    context = {
        "form": form,
        "secret": read_secret(request) if request.method != "POST" else "",
        "tokens": access.api_tokens_of(request.user),
        "at": at,
    }
    return render_page(request, "api/token_list.html", context, status=status)
