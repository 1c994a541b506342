"""An issue as a chat message, in the three formats that chat servers take. Pure.

Formats: Slack https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
Mattermost https://developers.mattermost.com/integrate/webhooks/incoming,
Discord https://discord.com/developers/docs/resources/webhook#execute-webhook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from papers.digest.issue import Digest
from papers.models import Experiment
from papers.moments import say_weekday
from papers.text.chat_markup import escape_markdown, escape_slack, link_markdown, link_slack

MOST = 5
"""Lines of a section: a chat message is an invitation to the page."""

LONGEST = 2_800
"""Characters: Slack takes 3,000 in a block, Discord 4,096, Mattermost 16,383."""

LONGEST_LINE = 240


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What is told of an issue; `site_url` makes addresses whole. `has_words` is False where
    reviews are closed to some members: then nobody's words go to a room that all can read."""

    lab: str
    title: str
    url: str
    site_url: str
    digest: Digest
    note: str = ""
    has_words: bool = True


def make_slack(bulletin: Bulletin) -> dict[str, Any]:
    """Blocks, and plain text for the notification."""
    text = _write(bulletin, escape_slack, link_slack, "*")
    heading = {"type": "plain_text", "text": bulletin.title[:150]}
    return {
        "text": escape_slack(f"{bulletin.lab}: {bulletin.title}"),
        "blocks": [
            {"type": "header", "text": heading},
            {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        ],
    }


def make_mattermost(bulletin: Bulletin) -> dict[str, Any]:
    """Markdown."""
    text = _write(bulletin, escape_markdown, link_markdown, "**")
    return {"text": f"#### {link_markdown(bulletin.title, bulletin.url)}\n{text}"}


def make_discord(bulletin: Bulletin) -> dict[str, Any]:
    """An embed; nobody is pinged, whatever a title says."""
    text = _write(bulletin, escape_markdown, link_markdown, "**")
    embed = {"title": bulletin.title[:250], "url": bulletin.url, "description": text}
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


FORMATS: dict[str, Callable[[Bulletin], dict[str, Any]]] = {
    "slack": make_slack,
    "mattermost": make_mattermost,
    "discord": make_discord,
}


def _write(
    bulletin: Bulletin,
    escape: Callable[[str], str],
    link: Callable[[str, str], str],
    bold: str,
) -> str:
    """Whole lines up to LONGEST characters."""
    lines, length = [], 0
    for line in _list_lines(bulletin, escape, link, bold):
        length += len(line) + 1
        if length > LONGEST:
            break
        lines.append(line)
    return "\n".join([*lines, link(_("Read the issue"), bulletin.url)])


def _list_lines(
    bulletin: Bulletin,
    escape: Callable[[str], str],
    link: Callable[[str, str], str],
    bold: str,
) -> Iterator[str]:
    digest, site = bulletin.digest, bulletin.site_url
    if bulletin.note:
        yield escape(_cut(" ".join(bulletin.note.split()), 600))
    yield escape(digest.lead or _("Quiet week."))
    if digest.reviews:
        yield f"{bold}{_('Reviews')}{bold}"
    for review in digest.reviews.items[:MOST]:
        words = review.takeaway if bulletin.has_words else ""
        said = f": {escape(_cut(words, LONGEST_LINE))}" if words else ""
        where = link(_cut(review.title, LONGEST_LINE), f"{site}{review.paper_url}")
        yield f"• {where} ({escape(review.reviewer)}){said}"
    if digest.papers:
        yield f"{bold}{_('New papers')}{bold}"
    for paper in digest.papers.items[:MOST]:
        yield f"• {link(_cut(paper.title, LONGEST_LINE), f'{site}{paper.url}')}"
    if digest.finished and bulletin.has_words:
        yield f"{bold}{_('Outcomes')}{bold}"
        for one in digest.finished.items[:MOST]:
            where = link(_cut(one.title, LONGEST_LINE), f"{site}{one.url}")
            yield f"• {where}: {escape(say_state(one.state))}"
    if digest.next_meeting:
        meeting = digest.next_meeting
        when = say_weekday(meeting.day)
        yield f"{bold}{_('Next meeting')}{bold}: {escape(meeting.title)}, {when}"


def say_state(state: str) -> str:
    """The state of an experiment in the language of the lab."""
    states = Experiment.State
    return str(states(state).label).lower() if state in states.values else state


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
