"""Tables of what members are told: digest issues, chat rooms, follows, notices, reminders.

What somebody follows, skips or is told of is hers: only one's own rows are listed.
"""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from papers.admin.lab import MachineryPanel
from papers.admin.site import ReadPanel, Rows, get_viewer
from papers.models import (
    ApiToken,
    ChatAccount,
    DigestIssue,
    FeedToken,
    Follow,
    Handover,
    Notification,
    NotificationChoice,
    NotificationMark,
    Reminder,
    SavedSearch,
    Skip,
    Webhook,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookPost,
)


class OwnPanel(ReadPanel):
    """One's own rows, also for administrators."""

    owner = "member"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """One's own."""
        return super().get_queryset(request).filter(**{self.owner: get_viewer(request)})


@admin.register(DigestIssue)
class DigestIssuePanel(ReadPanel):
    """Issues of the digest; the pages show their content by the rule of visibility."""

    list_display = ["year", "week", "closed_at", "closed_by"]
    list_display_links = ["year", "week"]
    list_filter = ["year", ("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["closed_by"]
    search_fields = ["note"]
    fields = ["year", "week", "note", "closed_at", "closed_by"]


@admin.register(Webhook)
class WebhookPanel(ReadPanel):
    """Chat rooms; whoever knows the address may write there, so it is not shown."""

    list_display = ["name", "format", "added_by", "added_at"]
    list_select_related = ["added_by"]
    search_fields = ["name"]
    fields = ["name", "format", "added_by", "added_at"]


@admin.register(WebhookPost)
class WebhookPostPanel(ReadPanel):
    """What was posted to chat rooms."""

    list_display = ["webhook", "issue", "written_at", "posted_at", "refused_at", "problem"]
    list_filter = [("posted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["webhook", "issue"]
    search_fields = ["webhook__name", "problem"]


@admin.register(WebhookEndpoint)
class WebhookEndpointPanel(ReadPanel):
    """Programs that are told of events; the address may hold secrets, so it is not shown."""

    list_display = ["name", "added_by", "added_at", "failures", "off_at"]
    list_filter = [("off_at", admin.EmptyFieldListFilter)]
    list_select_related = ["added_by"]
    search_fields = ["name"]
    fields = ["name", "kinds", "added_by", "added_at", "since", "failures", "off_at", "problem"]


@admin.register(WebhookDelivery)
class WebhookDeliveryPanel(ReadPanel):
    """Messages to programs."""

    list_display = ["key", "endpoint", "written_at", "status", "attempts", "delivered_at"]
    list_filter = [("delivered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["endpoint"]
    search_fields = ["key", "endpoint__name"]
    raw_id_fields = ["event"]


@admin.register(Reminder)
class ReminderPanel(ReadPanel):
    """Which claims were reminded of their day."""

    list_display = ["claim", "kind", "due_on", "at"]
    list_filter = ["kind"]
    list_select_related = ["claim__paper", "claim__member"]
    search_fields = ["claim__paper__title", "claim__member__name"]
    date_hierarchy = "at"


@admin.register(Handover)
class HandoverPanel(ReadPanel):
    """Drafts that were handed on: between whom, not what they say."""

    list_display = ["paper", "giver", "taker", "offered_at", "taken_at", "withdrawn_at"]
    list_filter = [("taken_at", admin.EmptyFieldListFilter)]
    list_select_related = ["paper", "giver", "taker"]
    search_fields = ["paper__title", "giver__name", "taker__name"]
    fields = ["paper", "giver", "taker", "offered_at", "taken_at", "withdrawn_at"]


@admin.register(Skip)
class SkipPanel(OwnPanel):
    """Papers that one does not want to be offered."""

    list_display = ["paper", "at"]
    list_select_related = ["paper"]
    search_fields = ["paper__title"]


@admin.register(Follow)
class FollowPanel(OwnPanel):
    """What one follows."""

    owner = "by"
    list_display = ["pk", "paper", "topic", "member", "search", "at"]
    list_select_related = ["paper", "topic", "member"]
    search_fields = ["paper__title", "topic__path", "member__name", "search"]


@admin.register(SavedSearch)
class SavedSearchPanel(OwnPanel):
    """Searches that one keeps."""

    owner = "by"
    list_display = ["name", "text", "at"]
    search_fields = ["name", "text"]


@admin.register(Notification)
class NotificationPanel(OwnPanel):
    """What one was told of."""

    list_display = ["event", "why", "at", "mailed_at", "read_at"]
    list_filter = ["why", ("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["event"]
    date_hierarchy = "at"


@admin.register(NotificationChoice)
class NotificationChoicePanel(OwnPanel):
    """How soon one wants mail of what."""

    list_display = ["why", "pace"]
    list_filter = ["pace"]


@admin.register(FeedToken)
class FeedTokenPanel(OwnPanel):
    """Whether one's feeds are read; the address itself is kept nowhere."""

    list_display = ["member", "created_at", "used_at"]
    list_select_related = ["member"]
    fields = ["member", "created_at", "used_at"]


@admin.register(ApiToken)
class ApiTokenPanel(OwnPanel):
    """One's tokens for programs; the secrets are kept nowhere."""

    list_display = ["name", "scopes", "created_at", "expires_at", "used_at"]
    fields = ["name", "scopes", "created_at", "expires_at", "used_at"]


@admin.register(ChatAccount)
class ChatAccountPanel(OwnPanel):
    """One's chat accounts."""

    list_display = ["service", "name", "connected_at"]
    fields = ["service", "name", "connected_at"]


@admin.register(NotificationMark)
class NotificationMarkPanel(MachineryPanel):
    """How far events were read to make notices."""

    list_display = ["id", "at"]
