"""One click in a mail that ends mail of its kind: no sign-in, no question (RFC 8058)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from papers.models import Member, Notification, NotificationChoice, Pace

KINDS = {"digest": _("the digest"), "notices": _("notifications"), "agenda": _("agendas")}
_SALT = "papers.news.leaving"


class LinkBroken(Exception):
    """The address was cut short or made up."""


def make_unsubscribe_url(member: Member, kind: str) -> str:
    """The whole address for this member; it says nothing that a reader of the mail does not
    know, and is good for ever: an old mail must be able to end new ones."""
    token = signing.dumps([member.pk, kind], salt=_SALT)
    return f"{settings.SITE_URL}{reverse('mail-unsubscription', kwargs={'token': token})}"


def read_unsubscribe_token(token: str) -> tuple[Member, str]:
    """Who leaves what. Raises LinkBroken."""
    try:
        pk, kind = signing.loads(token, salt=_SALT)
        member: Member = Member.objects.get(pk=pk)
    except (signing.BadSignature, ValueError, TypeError, Member.DoesNotExist) as problem:
        raise LinkBroken(
            str(_("This link is incomplete. Copy the whole link from the email."))
        ) from problem
    if kind not in KINDS:
        raise LinkBroken(str(_("This link is incomplete. Copy the whole link from the email.")))
    return member, kind


def unsubscribe_member(*, token: str, at: datetime) -> tuple[Member, str]:
    """End mail of the kind that the token names. Twice is once. Raises LinkBroken."""
    member, kind = read_unsubscribe_token(token)
    with transaction.atomic():
        if kind == "digest":
            Member.objects.filter(pk=member.pk).update(digest_day=Member.DigestDay.NEVER)
        elif kind == "agenda":
            Member.objects.filter(pk=member.pk).update(agenda_by_mail=False)
        else:
            for why in Notification.Why.values:
                NotificationChoice.objects.update_or_create(
                    member=member, why=why, defaults={"pace": Pace.NEVER}
                )
    return member, kind
