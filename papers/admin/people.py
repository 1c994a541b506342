"""Tables of people: members and invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from papers import access
from papers.accounts.actions import invitations
from papers.accounts.actions.departures import LastCurator
from papers.accounts.queries import has_had_account
from papers.admin.site import ActionPanel, ReadPanel, Rows, get_viewer
from papers.curation.actions import lab
from papers.models import Invitation, JoinLink, Member


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What is known of a member."""

    class Meta:
        model = Member
        fields = ("name", "handle", "email", "bio", "claim_limit", "is_superuser")

    def validate_constraints(self) -> None:
        """The action answers in a sentence; a constraint would give its name."""


MOVED = ngettext_lazy("%(n)s member moved to alumni.", "%(n)s members moved to alumni.", "n")
REACTIVATED = ngettext_lazy("%(n)s member reactivated.", "%(n)s members reactivated.", "n")
CHANGED = ngettext_lazy("Role of %(n)s member changed.", "Role of %(n)s members changed.", "n")


@admin.register(Member)
class MemberPanel(ActionPanel):
    """Members come in by invitation, so none is added here; their password is theirs alone."""

    form = MemberForm
    list_display = ["name", "handle", "email", "role", "state", "is_superuser", "joined_at"]
    list_filter = ["state", "role", "is_superuser"]
    search_fields = ["name", "handle", "email"]
    ordering = ["name", "pk"]
    fields = [
        "name", "handle", "email", "bio", "claim_limit", "role", "state", "is_superuser",
        "joined_at", "visited_at", "last_login",
    ]  # fmt: skip
    readonly_fields = ["role", "state", "joined_at", "visited_at", "last_login"]
    actions = [
        "make_alumni", "reactivate_member", "send_invitation",
        "make_readers", "make_members", "make_curators",
    ]  # fmt: skip
    refusals = (lab.HandleOrEmailTaken, lab.AddressIsTheirs, LastCurator)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By invitation only, on the curator's desk."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Curators do not change administrators."""
        rows = access.members_editable_by(get_viewer(request))
        return super().has_change_permission(request, obj) and (
            obj is None or rows.filter(pk=obj.pk).exists()
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """An account's address opens it: only administrators move it to another one."""
        shut = [] if get_viewer(request).is_superuser else ["is_superuser"]
        if shut and obj and has_had_account(obj):
            shut.append("email")
        return [*self.readonly_fields, *shut]

    def write(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> Member:
        """Names, address and limit."""
        by = get_viewer(request)
        return lab.change_member(member=obj, changes=data, by=by, at=timezone.now())

    @admin.action(description=_("Move to alumni"), permissions=["change"])
    def make_alumni(self, request: HttpRequest, queryset: Rows) -> None:
        """Close these accounts."""
        self._each(request, queryset, lab.make_alumni, MOVED)

    @admin.action(description=_("Reactivate"), permissions=["change"])
    def reactivate_member(self, request: HttpRequest, queryset: Rows) -> None:
        """Open these accounts again."""
        self._each(request, queryset, lab.reactivate_member, REACTIVATED)

    @admin.action(description=_("Make reader"), permissions=["change"])
    def make_readers(self, request: HttpRequest, queryset: Rows) -> None:
        """Reads and comments."""
        self._give_role(request, queryset, Member.Role.READER)

    @admin.action(description=_("Make member"), permissions=["change"])
    def make_members(self, request: HttpRequest, queryset: Rows) -> None:
        """Claims and reviews."""
        self._give_role(request, queryset, Member.Role.MEMBER)

    @admin.action(description=_("Make curator"), permissions=["change"])
    def make_curators(self, request: HttpRequest, queryset: Rows) -> None:
        """Keeps the lab's tables."""
        self._give_role(request, queryset, Member.Role.CURATOR)

    @admin.action(description=_("Send an invitation"), permissions=["change"])
    def send_invitation(self, request: HttpRequest, queryset: Rows) -> None:
        """By mail, to those who have an address and no account."""
        by, now = get_viewer(request), timezone.now()
        waiting = queryset.filter(state__in=invitations.WAITING).exclude(email="")
        for member in waiting:
            invitations.invite_placeholder(
                member=member, email=member.email, role=member.role, by=by, at=now
            )
        n = len(waiting)
        said = ngettext("%(n)s member invited.", "%(n)s members invited.", n) % {"n": n}
        rest = queryset.count() - len(waiting)
        if rest:
            skipped = ngettext(
                "%(n)s skipped: no email address, or already has an account.",
                "%(n)s skipped: no email address, or already have an account.",
                rest,
            )
            said += f" {skipped % {'n': rest}}"
        self.message_user(request, said, messages.SUCCESS if waiting else messages.WARNING)

    def _give_role(self, request: HttpRequest, queryset: Rows, role: str) -> None:
        def change(**who: Any) -> bool:
            return lab.change_role(role=role, **who)

        self._each(request, queryset, change, CHANGED)

    def _each(self, request: HttpRequest, queryset: Rows, change: Any, done: Any) -> None:
        by, now = get_viewer(request), timezone.now()
        rows = list(queryset & access.members_editable_by(by))
        try:
            with transaction.atomic():  # all of them or none
                count = sum(change(member=member, by=by, at=now) for member in rows)
        except LastCurator as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, done % {"n": count})


@admin.register(JoinLink)
class JoinLinkPanel(ReadPanel):
    """Join links; what opens them is known to nobody here."""

    list_display = ["name", "role", "uses", "most_uses", "ends_at", "created_by", "revoked_at"]
    list_filter = ["role"]
    search_fields = ["name"]
    list_select_related = ["created_by"]
    fields = [
        "name", "role", "uses", "most_uses", "created_by", "created_at", "ends_at", "revoked_at",
    ]  # fmt: skip


@admin.register(Invitation)
class InvitationPanel(ReadPanel):
    """Invitations; their links are known to nobody but the invited."""

    list_display = ["member", "email", "invited_by", "created_at", "expires_at", "accepted_at"]
    list_filter = [
        ("accepted_at", admin.EmptyFieldListFilter),
        ("revoked_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["member", "invited_by"]
    search_fields = ["email", "member__name", "member__handle"]
    date_hierarchy = "created_at"
    actions = ["revoke"]

    @admin.action(description=_("Revoke"), permissions=["view"])
    def revoke(self, request: HttpRequest, queryset: Rows) -> None:
        """Close open ones."""
        by, now = get_viewer(request), timezone.now()
        count = sum(
            invitations.revoke_invitation(invitation=row, by=by, at=now) for row in queryset
        )
        self.message_user(
            request,
            ngettext("%(n)s invitation revoked.", "%(n)s invitations revoked.", count)
            % {"n": count},
        )
