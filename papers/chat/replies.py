"""Answers to a command, in the markup of the server that asked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from papers.models import ChatAccount
from papers.text.chat_markup import escape_markdown, escape_slack, link_markdown, link_slack

LONGEST_TITLE = 240


@dataclass(frozen=True, slots=True)
class Line:
    """A link of a reply, and words behind it; without an address the words alone."""

    title: str
    url: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A sentence, and lines below it. Only the one who asked sees it."""

    sentence: str
    lines: Sequence[Line] = ()


def write_reply(reply: Reply, service: str) -> dict[str, Any]:
    """The body of the answer; nobody is pinged, whatever a title says."""
    escape, link = _MARKUP[service]
    lines = [escape(reply.sentence)]
    for line in reply.lines:
        title = _cut(line.title)
        said = link(title, line.url) if line.url else escape(title)
        lines.append(f"• {said}{escape(line.after)}")
    return {"response_type": "ephemeral", "text": "\n".join(lines)}


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


type _Markup = tuple[Callable[[str], str], Callable[[str, str], str]]

_MARKUP: dict[str, _Markup] = {
    ChatAccount.Service.SLACK: (escape_slack, link_slack),
    ChatAccount.Service.MATTERMOST: (escape_markdown, link_markdown),
}
