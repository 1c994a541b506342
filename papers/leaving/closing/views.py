"""The page on which members close their own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from papers.accounts.actions.departures import LastCurator
from papers.accounts.confirming.views import recent_sign_in
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.leaving.closing.actions import close_account
from papers.leaving.closing.forms import REPLACE, ClosingForm
from papers.leaving.closing.queries import describe_farewell


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@recent_sign_in
def account_closing(request: MemberRequest) -> HttpResponse:
    """What stays and what goes; a POST closes the account."""
    posted = request.POST if request.method == "POST" else None
    form = ClosingForm(posted, member=request.user)
    if posted is not None and form.is_valid():
        replaced = form.cleaned_data["name"] == REPLACE
        try:
            close_account(member=request.user, is_name_replaced=replaced, at=timezone.now())
        except LastCurator as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect_page(request, reverse("account_login"))
    farewell = describe_farewell(request.user, get_request_lab(request), timezone.now())
    context = {"form": form, "farewell": farewell}
    status = 422 if form.errors else 200
    return render_page(request, "leaving/account_closing.html", context, status=status)
