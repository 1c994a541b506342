"""Members: the people of the lab, and the invitations by which they come in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import Apart, counts_apart, counts_changes, counts_nothing
from papers.models.row_names import say
from papers.text import addresses
from papers.text.writing import get_initials


class MemberQuerySet(models.QuerySet["Member"]):
    """Adjectives for rows of members."""

    def active(self) -> MemberQuerySet:
        """Those who can sign in today."""
        return self.filter(state=Member.State.ACTIVE)

    def placeholders(self) -> MemberQuerySet:
        """Names met in an import whose owner has not come yet."""
        return self.filter(state=Member.State.PLACEHOLDER)


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """Makes members; the natural key is the handle."""

    def get_by_natural_key(self, username: str | None) -> Member:
        """Find a member by handle in any case (sign-in and fixtures use this)."""
        member: Member = self.get(handle__iexact=username)
        return member

    def create_user(self, handle: str, password: str | None = None, **fields: Any) -> Member:
        """Make one active member; without a password no password works."""
        fields.setdefault("state", Member.State.ACTIVE)
        member: Member = self.model(handle=handle, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, handle: str, password: str | None = None, **fields: Any) -> Member:
        """Make an administrator (what `manage.py createsuperuser` calls)."""
        fields |= {"is_superuser": True, "role": Member.Role.CURATOR}
        return self.create_user(handle, password, **fields)


_SHOWN = "handle", "name", "email", "role", "state", "bio", "is_active", "is_superuser", "orcid"


@counts_changes(*_SHOWN)
@counts_apart(Apart.MEMBERS, *_SHOWN)
class Member(AbstractBaseUser, PermissionsMixin):
    """A person of the lab; it is the user model.

    A name met in an import is a placeholder member: it owns claims and reviews, cannot sign in,
    and its owner takes it over through an Invitation.
    """

    class Role(models.TextChoices):
        """What a member may do; administrators are superusers besides."""

        READER = "reader", _("Reader")
        MEMBER = "member", _("Member")
        CURATOR = "curator", _("Curator")

    class State(models.TextChoices):
        """Where a member stands between a bare name and having left."""

        PLACEHOLDER = "placeholder", _("Placeholder")
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        ALUMNI = "alumni", _("Alumni")

    class Theme(models.TextChoices):
        """Colours of the page."""

        SYSTEM = "system", _("Match system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class DigestDay(models.TextChoices):
        """When the digest comes by mail."""

        ONCE = "once", _("When published")
        MONDAY = "0", _("Monday")
        TUESDAY = "1", _("Tuesday")
        WEDNESDAY = "2", _("Wednesday")
        THURSDAY = "3", _("Thursday")
        FRIDAY = "4", _("Friday")
        SATURDAY = "5", _("Saturday")
        SUNDAY = "6", _("Sunday")
        NEVER = "never", _("Off")

    handle = models.SlugField(max_length=64, allow_unicode=True, unique=True)
    name = LineField(max_length=200)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    state = models.CharField(max_length=12, choices=State, default=State.INVITED)
    bio = models.TextField(blank=True)
    orcid = LineField(
        _("ORCID iD"), max_length=19, blank=True, editable=False,
        help_text=_("Confirmed by signing in there."),
    )  # fmt: skip
    language = models.CharField(
        max_length=10, blank=True, help_text=_("Language code; empty: match browser.")
    )
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    dismissed = LineField(
        max_length=16, blank=True, editable=False, help_text=_("The announcement not shown again.")
    )
    claim_limit = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Open claims at a time; empty: the lab's default.")
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    visited_at = models.DateTimeField(null=True, blank=True, editable=False)
    digest_day = models.CharField(
        _("digest by email"), max_length=5, choices=DigestDay, default=DigestDay.ONCE
    )
    digest_since = models.DateTimeField(
        default=timezone.now, editable=False, help_text=_("Earlier issues are not emailed.")
    )
    agenda_by_mail = models.BooleanField(_("agendas by email"), default=True)
    signed_out_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text=_("Sessions, links and known devices from before let nobody in any more."),
    )
    closed_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When its member closed the account, for good.")
    )
    moved_from = models.EmailField(
        blank=True,
        editable=False,
        help_text=_("From where an administrator moved the account, until the member agrees."),
    )
    unread = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Unread notifications."),
    )
    is_active = models.GeneratedField(
        expression=models.Case(
            models.When(state="active", then=models.Value(True)), default=models.Value(False)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = MemberManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("handle"), name="one_member_per_handle"),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="one_member_per_email"
            ),
        ]
        indexes = [models.Index(fields=["state", "name"], name="member_state_name")]

    def __str__(self) -> str:
        return self.name or self.handle

    def get_absolute_url(self) -> str:
        """The member's page."""
        return addresses.member(self.handle)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is good for: this password, and since the account was last closed."""
        known = super()._get_session_auth_hash(secret)  # type: ignore[misc]  # not in the stubs
        if self.signed_out_at is None:
            return str(known)
        since = f"{known} {self.signed_out_at.timestamp()}"
        keyed = salted_hmac("papers.models.member", since, secret=secret, algorithm="sha256")
        return keyed.hexdigest()

    @property
    def is_curator(self) -> bool:
        """Curators and administrators keep the lab's tables."""
        return self.is_superuser or self.role == self.Role.CURATOR

    @property
    def is_staff(self) -> bool:
        """Django's word for who may open the admin panel."""
        return self.is_curator

    @property
    def is_reviewer(self) -> bool:
        """Claims and reviews are for members and curators, not for readers."""
        return self.is_superuser or self.role != self.Role.READER

    @property
    def initials(self) -> str:
        """One or two letters for the circle beside a name; wide ones (CJK) stand alone."""
        return get_initials(self.name or self.handle)


@counts_nothing
class Invitation(models.Model):
    """A link by which a person takes up a member's place; only the token's hash is kept."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, related_name="invitations_given"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    join_link = models.ForeignKey(
        "papers.JoinLink", on_delete=models.SET_NULL, null=True, editable=False,
        related_name="invitations",
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="an_invitation_is_not_both_accepted_and_revoked",
            )
        ]

    def __str__(self) -> str:
        return f"Invitation of {say(self, 'member')} until {self.expires_at:%Y-%m-%d}"
