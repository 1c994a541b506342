"""Members, and what is one member's own: claims, handed-over drafts, unsent texts."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from papers.access.viewers import Viewer, can_curate, can_review, get_member
from papers.models import ApiToken, ChatAccount, Claim, Handover, Member, ReviewDraft, TextDraft
from papers.models.claim import ClaimQuerySet
from papers.models.lease import HandoverQuerySet
from papers.models.member import MemberQuerySet


def members_visible_to(viewer: Viewer) -> MemberQuerySet:
    """The lab's people, alumni and placeholders included; strangers see no list of people."""
    everybody: MemberQuerySet = Member.objects.all()
    return everybody if get_member(viewer) else everybody.none()


def members_handed_over_by(viewer: Viewer) -> MemberQuerySet:
    """Whose claims, experiments and agenda items the viewer passes on: curators everybody's."""
    member = get_member(viewer)
    if member is None or can_curate(member):
        return members_visible_to(viewer)
    return members_visible_to(viewer).filter(pk=member.pk)


def members_editable_by(viewer: Viewer) -> MemberQuerySet:
    """Curators keep everybody but administrators; administrators keep all."""
    everybody: MemberQuerySet = Member.objects.all()
    if not can_curate(viewer):
        return everybody.none()
    member = get_member(viewer)
    return everybody if member and member.is_superuser else everybody.filter(is_superuser=False)


def claims_visible_to(viewer: Viewer) -> ClaimQuerySet:
    """Who reads what is known to every member, and to nobody outside."""
    return Claim.objects.all() if get_member(viewer) else Claim.objects.none()


def claims_changeable_by(viewer: Viewer) -> ClaimQuerySet:
    """One's own claims; curators may release any."""
    if can_curate(viewer):
        return Claim.objects.all()
    member = get_member(viewer)
    return Claim.objects.filter(member=member) if member else Claim.objects.none()


def claims_overridable_by(viewer: Viewer) -> ClaimQuerySet:
    """Open claims of others, for curators: with a reason."""
    return Claim.objects.open() if can_curate(viewer) else Claim.objects.none()


def handovers_visible_to(viewer: Viewer) -> HandoverQuerySet:
    """Drafts that are offered, for those who could go on with them; never their words."""
    return Handover.objects.open() if can_review(viewer) else Handover.objects.none()


def handovers_acceptable_by(viewer: Viewer) -> HandoverQuerySet:
    """Drafts that others offer."""
    return handovers_visible_to(viewer).exclude(giver=get_member(viewer))


def handovers_withdrawable_by(viewer: Viewer) -> HandoverQuerySet:
    """One's own offers."""
    return handovers_visible_to(viewer).filter(giver=get_member(viewer))


def text_drafts_of(viewer: Viewer) -> QuerySet[TextDraft]:
    """One's own unsent texts; nobody sees another's."""
    member = get_member(viewer)
    return TextDraft.objects.filter(member=member) if member else TextDraft.objects.none()


def api_tokens_of(viewer: Viewer) -> QuerySet[ApiToken]:
    """One's own tokens for programs; nobody else's business."""
    member = get_member(viewer)
    return ApiToken.objects.filter(member=member) if member else ApiToken.objects.none()


def chat_accounts_of(viewer: Viewer) -> QuerySet[ChatAccount]:
    """One's own chat accounts."""
    member = get_member(viewer)
    return ChatAccount.objects.filter(member=member) if member else ChatAccount.objects.none()


def passkeys_of(viewer: Viewer) -> QuerySet[Authenticator]:
    """One's own passkeys; also those of somebody on the way in, who showed the password."""
    pk = viewer.pk if isinstance(viewer, Member) else None
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=pk)
    return rows.filter(type=Authenticator.Type.WEBAUTHN)


def drafts_of(viewer: Viewer) -> QuerySet[ReviewDraft]:
    """One's own drafts; nobody else's, for nobody, administrators included.

    Not those that are locked because somebody else may have got into the account.
    """
    member = get_member(viewer)
    return (
        ReviewDraft.objects.filter(member=member, locked_at__isnull=True)
        if can_review(viewer)
        else ReviewDraft.objects.none()
    )
