"""The curators' pages of webhooks: endpoints, and how their last messages fared."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from papers.accounts.confirming.views import recent_sign_in
from papers.api.webhooks import queries
from papers.api.webhooks.actions import delivering, endpoints
from papers.api.webhooks.forms import EndpointForm, make_initial
from papers.curation.views.lab import list_tabs
from papers.http import MemberRequest, redirect_page, render_page, require_curator
from papers.models import Event, WebhookDelivery, WebhookEndpoint
from papers.outgoing import AddressRefused
from papers.writing.views import (
    in_turn,
    offer_undo,
    once,
    read_secret,
    redirect_to_secret,
    say_changed,
)

PAGE = "endpoint-list"


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@once
def endpoint_list(request: MemberRequest) -> HttpResponse:
    """Every webhook; a POST adds one, whose secret its page shows once."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint, secret = endpoints.add_endpoint(
                **form.get_values(), by=request.user, at=timezone.now()
            )
        except (AddressRefused, endpoints.EndpointRefused) as problem:
            form.add_error("url", str(problem))
        else:
            return redirect_to_secret(_find_page(endpoint.pk), secret)
    rows = queries.list_endpoints()
    context = {"form": form, "endpoints": rows, "tabs": list_tabs(PAGE)}
    status = 422 if form.errors else 200
    return render_page(request, "webhooks/endpoint_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@in_turn
def endpoint_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """One webhook with its last messages; a POST changes name, address and kinds."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    form = EndpointForm(request.POST or None, initial=make_initial(endpoint))
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            is_new = endpoints.change_endpoint(
                endpoint=endpoint, **form.get_values(), by=request.user, at=at
            )
        except (AddressRefused, endpoints.EndpointRefused) as problem:
            form.add_error("url", str(problem))
        else:
            say_changed(request, at, is_new=is_new)
            return redirect_page(request, request.path)
    context = {
        "form": form, "endpoint": endpoint, "deliveries": queries.list_deliveries(endpoint),
        "secret": read_secret(request) if request.method != "POST" else "",
        "tabs": list_tabs(PAGE), "attempts": len(delivering.GAPS) + 1,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "webhooks/endpoint_detail.html", context, status=status)


@require_POST
@require_curator
@recent_sign_in
@once
def endpoint_secret(request: MemberRequest, pk: int) -> HttpResponse:
    """A new secret, shown once."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    secret = endpoints.renew_secret(endpoint=endpoint, by=request.user, at=timezone.now())
    return redirect_to_secret(_find_page(pk), secret)


@require_POST
@require_curator
@recent_sign_in
@once
def endpoint_test(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a message that is about nothing."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    delivering.send_test(endpoint=endpoint, at=timezone.now())
    messages.success(request, _("Test sent. Reload this page to see the answer."))
    return redirect_page(request, _find_page(pk))


@require_POST
@require_curator
@recent_sign_in
def endpoint_activation(request: MemberRequest, pk: int) -> HttpResponse:
    """Turn it on."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    endpoints.turn_on(endpoint=endpoint, by=request.user, at=timezone.now())
    messages.success(request, _("Webhook turned on."))
    return redirect_page(request, _find_page(pk))


@require_POST
@require_curator
@recent_sign_in
def endpoint_pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Turn it off."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    endpoints.turn_off(endpoint=endpoint, by=request.user, at=timezone.now())
    messages.success(request, _("Webhook turned off."))
    return redirect_page(request, _find_page(pk))


@require_POST
@require_curator
@recent_sign_in
def endpoint_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove it with its messages."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    at = timezone.now()
    endpoints.remove_endpoint(endpoint=endpoint, by=request.user, at=at)
    offer_undo(request, _("Webhook removed."), Event.Kind.LAB_CHANGED, at)
    return redirect_page(request, reverse(PAGE))


@require_POST
@require_curator
@recent_sign_in
def delivery_resending(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a message once more."""
    delivery = get_object_or_404(WebhookDelivery, pk=pk)
    delivering.send_again(delivery=delivery)
    messages.success(request, _("Sent again. Reload this page to see the answer."))
    return redirect_page(request, _find_page(delivery.endpoint_id))


def _find_page(pk: int) -> str:
    return reverse("endpoint", args=[pk])
