"""Who sent a command: the server's signature, and the account it names.

Slack: https://docs.slack.dev/authentication/verifying-requests-from-slack (HMAC-SHA256 over time
and body). Mattermost: https://developers.mattermost.com/integrate/slash-commands/custom (the token
of the command, in the body and in the header `Authorization`).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.utils.crypto import constant_time_compare

from papers.models import ChatAccount

OLDEST = 300
"""Seconds; older requests of Slack may be those of somebody who listened."""

CONNECT_WITHIN = 15 * 60
"""Seconds that the link to connect an account is good for."""

_SALT = "papers.chat.connection"


@dataclass(frozen=True, slots=True)
class Sender:
    """A chat account, by the IDs of its server; `name` is only shown."""

    service: str
    team: str
    user: str
    name: str


class LinkBroken(Exception):
    """The link to connect an account is too old, or none of ours."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request as a chat server sent it."""

    headers: Mapping[str, str]
    body: bytes
    fields: QueryDict


def find_slack_sender(message: Message, at: datetime) -> Sender | None:
    """None when Slack did not sign the request within the last five minutes."""
    sent, signature = (
        message.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature")
    )
    if not (sent.isascii() and sent.isdigit() and abs(at.timestamp() - int(sent[:12])) <= OLDEST):
        return None
    signed = b"v0:" + sent.encode() + b":" + message.body
    known = hmac.new(settings.SLACK_SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()
    if not constant_time_compare(f"v0={known}", signature):
        return None
    team = message.fields.get("enterprise_id") or message.fields.get("team_id", "")
    return _make_sender(message, ChatAccount.Service.SLACK, team)


def find_mattermost_sender(message: Message, _at: datetime) -> Sender | None:
    """None without one of the lab's tokens; accounts are the server's, whatever the team."""
    token = message.fields.get("token", "")
    matches = [constant_time_compare(token, one) for one in settings.MATTERMOST_COMMAND_TOKENS]
    return _make_sender(message, ChatAccount.Service.MATTERMOST, "") if any(matches) else None


FINDERS: dict[str, Callable[[Message, datetime], Sender | None]] = {
    ChatAccount.Service.SLACK: find_slack_sender,
    ChatAccount.Service.MATTERMOST: find_mattermost_sender,
}


def is_set_up(service: str) -> bool:
    """Whether the installation knows a secret of this service."""
    if service == ChatAccount.Service.SLACK:
        return bool(settings.SLACK_SIGNING_SECRET)
    return bool(settings.MATTERMOST_COMMAND_TOKENS)


def make_connection_token(sender: Sender, at: datetime) -> str:
    """What the link to connect an account carries."""
    return signing.dumps([int(at.timestamp()), asdict(sender)], salt=_SALT, compress=True)


def read_connection_token(token: str, at: datetime) -> Sender:
    """The account of such a link. Raises LinkBroken."""
    try:
        made, sender = signing.loads(token, salt=_SALT)
    except signing.BadSignature as problem:
        raise LinkBroken from problem
    if at.timestamp() - made > CONNECT_WITHIN:
        raise LinkBroken
    return Sender(**sender)


def _make_sender(message: Message, service: str, team: str) -> Sender | None:
    user = message.fields.get("user_id", "")
    if not user or len(user) > 64 or len(team) > 64:
        return None
    name = " ".join(message.fields.get("user_name", "").split())[:100]
    return Sender(str(service), team, user, name)
