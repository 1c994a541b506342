"""Tables of the lab itself: settings, guiding questions, events, mails, background jobs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob

from papers import access
from papers.admin.site import ActionPanel, ReadPanel, Rows, get_lab, get_viewer
from papers.curation.appearance.forms import AccentForm, AnnouncementForm, LogoForm
from papers.curation.forms import LabForm
from papers.lab_changes.actions import write_lab
from papers.lab_changes.change_words import LABELS
from papers.mail import send_again
from papers.models import Event, GuidingQuestion, Lab, Mail, SearchDoc, SearchWord, Throttle


class LabPanelForm(AccentForm, AnnouncementForm, LabForm):
    """All columns of the lab, checked as the curator's desk checks them. A logo is uploaded there:
    a picture is drawn anew before it is stored."""

    removes_logo = forms.BooleanField(label=_("Remove logo"), required=False)

    class Meta:
        model = Lab
        labels = LABELS
        fields = (
            *LabForm.Meta.fields, "digest_weekday", "digest_hour", "logo_alt", "accent",
            "announcement", "announcement_until",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, today=timezone.localdate(), **kwargs)

    def clean_logo_alt(self) -> str:
        """A logo is described; without one there is nothing to describe."""
        alt: str = self.cleaned_data["logo_alt"]
        if self.instance.logo_id and not alt:
            raise forms.ValidationError(str(LogoForm.base_fields["alt"].error_messages["required"]))
        return alt if self.instance.logo_id else ""


@admin.register(Lab)
class LabPanel(ActionPanel):
    """The one row of settings; the curator's desk has it on three pages."""

    form = LabPanelForm
    readonly_fields = ["logo"]
    list_display = ["name", "time_zone", "paper_slots", "claim_limit", "lease_days"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one lab."""
        return not Lab.objects.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is one lab."""
        return False

    def write(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> Lab:
        """The action of the curator's desk."""
        values = {name: data[name] for name in LabPanelForm.Meta.fields}
        if not values["announcement"]:
            values["announcement_until"] = None
        if data["removes_logo"]:
            values |= {"logo_id": None, "logo_alt": ""}
        write_lab(values, reason=data["reason"], by=get_viewer(request), at=timezone.now())
        return Lab.objects.get(pk=1)


@admin.register(GuidingQuestion)
class GuidingQuestionPanel(ReadPanel):
    """The questions; the curator's desk edits and orders them."""

    list_display = ["text", "section", "position"]
    list_filter = ["section"]
    search_fields = ["text"]


@admin.register(Event)
class EventPanel(ReadPanel):
    """What happened, append-only."""

    list_display = ["at", "kind", "by", "member", "paper", "topic"]
    list_filter = ["kind"]
    list_select_related = ["by", "member", "paper", "topic"]
    search_fields = ["by__name", "by__handle", "paper__title"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """What the viewer may hear of."""
        seen = access.events_visible_to(get_viewer(request), get_lab(request))
        return super().get_queryset(request).filter(pk__in=seen.values("pk"))


@admin.register(Mail)
class MailPanel(ReadPanel):
    """Mails and what became of them. Their text holds links that let people in: not shown."""

    list_display = ["subject", "to", "written_at", "sent_at", "refused_at", "problem"]
    list_filter = [
        ("sent_at", admin.EmptyFieldListFilter),
        ("refused_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["subject", "to", "problem"]
    date_hierarchy = "written_at"
    actions = ["try_again"]

    @admin.action(description=_("Try again"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: Rows) -> None:
        """Queue those that were not delivered."""
        count = sum(send_again(mail) for mail in queryset)
        self.message_user(
            request,
            ngettext("%(n)s email queued again.", "%(n)s emails queued again.", count)
            % {"n": count},
        )


class MachineryPanel(ReadPanel):
    """Tables that the machine keeps for itself: for administrators to look at."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators only."""
        return get_viewer(request).is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Administrators only."""
        return get_viewer(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The machine tidies up."""
        return False


@admin.register(ProcrastinateJob)
class JobPanel(MachineryPanel):
    """Background jobs, without their arguments."""

    list_display = ["id", "task_name", "status", "attempts", "scheduled_at", "queue_name"]
    list_filter = ["status", "queue_name"]
    search_fields = ["task_name"]
    fields = ["task_name", "status", "attempts", "scheduled_at", "queue_name", "priority"]
    ordering = ["-id"]


@admin.register(SearchDoc)
class SearchDocPanel(MachineryPanel):
    """What the search knows of each paper; one command builds it anew."""

    list_display = ["paper", "added_at", "year", "venue"]
    list_select_related = ["paper"]
    fields = ["paper", "added_at", "year", "venue"]
    search_fields = ["paper__title"]


@admin.register(SearchWord)
class SearchWordPanel(MachineryPanel):
    """Words of the catalogue, for suggestions."""

    list_display = ["word", "papers"]
    search_fields = ["word"]


@admin.register(Throttle)
class ThrottlePanel(MachineryPanel):
    """How full the counts are that slow down guessing; whom they count stands nowhere."""

    list_display = ["kind", "slot", "level", "at"]
    list_filter = ["kind"]
    ordering = ["-level", "pk"]
