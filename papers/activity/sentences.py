"""What an event says: its sentence, what it is about, and the words behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers.activity.topic_sentences import find_topic_act, say_topic_change
from papers.models import Event, Experiment, Member
from papers.moments import say_issue
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.weeks import Week


def name_subject(event: Event) -> tuple[str, str]:
    """What the event is about, the most particular first, and where it is shown."""
    if event.experiment:
        url = event.experiment.get_absolute_url()
        if event.comment_id:
            url += f"#comment-{event.comment_id}"
        return str(event.experiment), url
    if event.review and not event.review.deleted_at:
        url = event.review.get_absolute_url()
        if event.comment_id:
            url = f"{addresses.review_comments(event.review.pk)}#comment-{event.comment_id}"
        return to_letters(event.review.paper.title), url
    if event.paper:
        anchor = f"#comment-{event.comment_id}" if event.comment_id else ""
        return to_letters(event.paper.title), f"{event.paper.get_absolute_url()}{anchor}"
    return _name_other(event)


def _name_other(event: Event) -> tuple[str, str]:
    """The subject of an event that is about no text."""
    if event.topic:
        return event.topic.name, event.topic.get_absolute_url()
    if event.meeting:
        return str(event.meeting), event.meeting.get_absolute_url()
    if event.member:
        return str(event.member), event.member.get_absolute_url()
    if event.kind == Event.Kind.DIGEST_CLOSED:
        return _name_digest(event.data.get("week", ""))
    if event.job:
        return event.job.name, ""
    if "endpoint" in event.data:
        return event.data["endpoint"], ""
    return "", ""


def _name_digest(week: str) -> tuple[str, str]:
    try:
        issue = Week.parse(week)
    except ValueError:
        return "", ""
    return say_issue(issue), addresses.digest(issue)


SENTENCES: dict[Event.Kind, Promise] = {
    Event.Kind.MEMBER_INVITED: _("{who} invited {what}"),
    Event.Kind.MEMBER_JOINED: _("{who} joined"),
    Event.Kind.MEMBER_LEFT: _("{who} closed their account"),
    Event.Kind.MEMBER_CHANGED: _("{who} edited the account of {what}"),
    Event.Kind.PAPER_ADDED: _("{who} added {what}"),
    Event.Kind.PAPER_CHANGED: _("{who} edited {what}"),
    Event.Kind.PAPER_FILLED: _("The details of {what} were filled in"),
    Event.Kind.PAPER_UPDATED: _("There is news about {what}"),
    Event.Kind.PAPER_LISTED: _("{who} added {what} to a topic"),
    Event.Kind.PAPER_SPLIT: _("{who} split another paper from {what}"),
    Event.Kind.PAPER_MERGED: _("{who} merged a duplicate into {what}"),
    Event.Kind.PAPER_DELETED: _("{who} deleted a paper"),
    Event.Kind.PAPER_RESTORED: _("{who} restored {what}"),
    Event.Kind.PAPER_ARCHIVED: _("{who} archived {what}"),
    Event.Kind.PAPER_UNARCHIVED: _("{who} unarchived {what}"),
    Event.Kind.DUPLICATE_SUGGESTED: _("{who} suggested a duplicate of {what}"),
    Event.Kind.PAPERS_SORTED: _("{who} changed several papers"),
    Event.Kind.TOPIC_ADDED: _("{who} added the topic {what}"),
    Event.Kind.TOPIC_CHANGED: _("{who} edited the topic {what}"),
    Event.Kind.TOPIC_MERGED: _("{who} merged another topic into {what}"),
    Event.Kind.TOPIC_DELETED: _("{who} deleted a topic"),
    Event.Kind.TOPIC_RESTORED: _("{who} restored the topic {what}"),
    Event.Kind.CLAIM_TAKEN: _("{who} claimed {what}"),
    Event.Kind.CLAIM_CHANGED: _("{who} changed the due date of a claim on {what}"),
    Event.Kind.CLAIM_EXTENDED: _("{who} extended the claim on {what}"),
    Event.Kind.CLAIM_RELEASED: _("{who} released {what}"),
    Event.Kind.CLAIM_EXPIRED: _("The claim on {what} expired"),
    Event.Kind.DRAFT_OFFERED: _("{who} offered a draft on {what}"),
    Event.Kind.DRAFT_TAKEN: _("{who} continued a draft of {what}"),
    Event.Kind.REVIEW_PUBLISHED: _("{who} reviewed {what}"),
    Event.Kind.REVIEW_CHANGED: _("{who} edited the review of {what}"),
    Event.Kind.REVIEW_DELETED: _("{who} deleted the review of {what}"),
    Event.Kind.REVIEW_RESTORED: _("{who} restored the review of {what}"),
    Event.Kind.CRITIQUE_MARKED: _("{who} updated the critique of {what}"),
    Event.Kind.COMMENT_ADDED: _("{who} commented on {what}"),
    Event.Kind.COMMENT_CHANGED: _("{who} edited a comment on {what}"),
    Event.Kind.COMMENT_DELETED: _("{who} deleted a comment on {what}"),
    Event.Kind.COMMENT_RESTORED: _("{who} restored a comment on {what}"),
    Event.Kind.COMMENT_RESOLVED: _("{who} resolved a thread on {what}"),
    Event.Kind.COMMENT_REOPENED: _("{who} reopened a thread on {what}"),
    Event.Kind.EXPERIMENT_PROPOSED: _("{who} proposed {what}"),
    Event.Kind.EXPERIMENT_MOVED: _("{who} updated {what}"),
    Event.Kind.EXPERIMENT_CLOSED: _("{who} finished {what}"),
    Event.Kind.MEETING_PLANNED: _("{who} scheduled {what}"),
    Event.Kind.MEETING_CHANGED: _("{who} updated {what}"),
    Event.Kind.MEETING_HELD: _("{who} ran {what}"),
    Event.Kind.SERIES_CHANGED: _("{who} changed the recurring meeting"),
    Event.Kind.PAPER_NOMINATED: _("{who} nominated {what}"),
    Event.Kind.PAPER_VOTED: _("{who} voted on {what}"),
    Event.Kind.PAPER_DISCUSSED: _("{who} discussed {what}"),
    Event.Kind.VERDICT_GIVEN: _("{who} gave a verdict on {what}"),
    Event.Kind.MINUTES_WRITTEN: _("{who} wrote minutes of {what}"),
    Event.Kind.ROTA_CHANGED: _("{who} changed the presenter rota"),
    Event.Kind.IMPORT_APPLIED: _("{who} imported {what}"),
    Event.Kind.IMPORT_UNDONE: _("{who} undid the import of {what}"),
    Event.Kind.DIGEST_NOTED: _("{who} wrote a note for the digest"),
    Event.Kind.DIGEST_CLOSED: _("{who} published {what}"),
    Event.Kind.LAB_CHANGED: _("{who} changed the lab's settings"),
    Event.Kind.JOIN_LINK_MADE: _("{who} made a join link"),
    Event.Kind.JOIN_LINK_REVOKED: _("{who} revoked a join link"),
}
"""What happened, with places for who did it and what it was done to."""
UPDATED = {
    "version": _("A new version of {what} appeared"),
    "published": _("{what} was published"),
    "retracted": _("{what} was retracted"),
    "concern": _("The publisher expressed concern about {what}"),
    "corrected": _("{what} was corrected"),
}
"""What appeared about a paper elsewhere."""

MOVED = {
    "running": _("{who} started {what}"),
    "planned": _("{who} planned {what}"),
    "idea": _("{who} moved {what} back to ideas"),
}


ACTS = {
    (Event.Kind.LAB_CHANGED, "webhook-added"): _("{who} added the webhook {what}"),
    (Event.Kind.LAB_CHANGED, "webhook-changed"): _("{who} changed the webhook {what}"),
    (Event.Kind.LAB_CHANGED, "webhook-renewed"): _(
        "{who} renewed the secret of the webhook {what}"
    ),
    (Event.Kind.LAB_CHANGED, "webhook-on"): _("{who} turned on the webhook {what}"),
    (Event.Kind.LAB_CHANGED, "webhook-off"): _("{who} turned off the webhook {what}"),
    (Event.Kind.LAB_CHANGED, "webhook-failed"): _("The webhook {what} failed and was turned off"),
    (Event.Kind.LAB_CHANGED, "webhook-removed"): _("{who} removed the webhook {what}"),
    (Event.Kind.LAB_CHANGED, "webhook-returned"): _("{who} undid a change to the webhook {what}"),
    (Event.Kind.LAB_CHANGED, "channel-added"): _("{who} added the chat channel {what}"),
    (Event.Kind.LAB_CHANGED, "channel-removed"): _("{who} removed the chat channel {what}"),
    (Event.Kind.LAB_CHANGED, "questions"): _("{who} changed the guiding questions"),
    (Event.Kind.LAB_CHANGED, "undone"): _("{who} undid a change to the lab's settings"),
    (Event.Kind.LAB_CHANGED, "accent"): _("{who} changed the lab's color"),
    (Event.Kind.LAB_CHANGED, "logo"): _("{who} changed the lab's logo"),
    (Event.Kind.LAB_CHANGED, "logo-removed"): _("{who} removed the lab's logo"),
    (Event.Kind.LAB_CHANGED, "announced"): _("{who} published an announcement"),
    (Event.Kind.LAB_CHANGED, "announcement-removed"): _("{who} removed the announcement"),
    (Event.Kind.MEETING_CHANGED, "filled"): _("{who} filled the agenda of {what}"),
    (Event.Kind.MEETING_CHANGED, "presenters"): _("{who} chose presenters for {what}"),
    (Event.Kind.MEETING_CHANGED, "assigned"): _("{who} assigned the review of {what}"),
    (Event.Kind.MEETING_CHANGED, "sent"): _("{who} emailed the agenda of {what}"),
    (Event.Kind.MEETING_CHANGED, "opened"): _("{who} started {what}"),
    (Event.Kind.MEETING_CHANGED, "cancelled"): _("{who} cancelled {what}"),
    (Event.Kind.MEETING_CHANGED, "verdicts shown"): _("{who} revealed verdicts at {what}"),
    (Event.Kind.ROTA_CHANGED, "asked"): _("{who} asked for a swap at {what}"),
    (Event.Kind.ROTA_CHANGED, "accepted"): _("{who} accepted a swap at {what}"),
    (Event.Kind.ROTA_CHANGED, "declined"): _("{who} declined a swap at {what}"),
}
"""What was done to a meeting, the rota or a webhook, by the act that the event names."""

MEMBER_ACTS = {
    "role": _("{who} changed the role of {what}"),
    "alumni": _("{who} moved {what} to alumni"),
    "back": _("{who} reactivated {what}"),
    "administrator": _("{who} made {what} an administrator"),
    "administrator-ended": _("{who} ended the administrator rights of {what}"),
    "invitation": _("{who} revoked the invitation of {what}"),
}
"""What a curator changed about a member."""


def _name_member_act(data: Mapping[str, Any]) -> str:
    if "administrator" in data:
        return "administrator" if data["administrator"][-1] else "administrator-ended"
    if "state" in data:
        return "alumni" if data["state"][-1] == Member.State.ALUMNI else "back"
    if data.get("invitation") == "revoked":
        return "invitation"
    return "role" if "role" in data else ""


def _find_act(event: Event) -> Promise | None:
    """The sentence of what was changed about a member or a topic."""
    if event.kind == Event.Kind.MEMBER_CHANGED:
        return MEMBER_ACTS.get(_name_member_act(event.data))
    return find_topic_act(event.data) if event.kind == Event.Kind.TOPIC_CHANGED else None


def say_event(event: Event) -> str:
    """The sentence, with `{who}` and `{what}` where they go."""
    after = event.data.get("after", "")
    if event.kind == Event.Kind.EXPERIMENT_MOVED and "owner" in event.data:
        return (
            gettext("{who} took {what}") if event.data["owner"] else gettext("{who} dropped {what}")
        )
    if event.kind == Event.Kind.EXPERIMENT_MOVED and after in MOVED:
        return str(MOVED[after])
    if event.kind == Event.Kind.EXPERIMENT_CLOSED and after == Experiment.State.DROPPED:
        return gettext("{who} dropped {what}")
    if event.kind == Event.Kind.COMMENT_ADDED and event.member_id:
        return gettext("{who} replied on {what}")
    if event.kind == Event.Kind.PAPER_UPDATED:
        return str(UPDATED.get(event.data.get("update", ""), SENTENCES[Event.Kind.PAPER_UPDATED]))
    if (event.kind, event.data.get("act", "")) in ACTS:
        return str(ACTS[Event.Kind(event.kind), event.data["act"]])
    if act := _find_act(event):
        return str(act)
    if event.kind == Event.Kind.DIGEST_CLOSED and event.by is None:
        return gettext("{what} was published")
    if event.kind == Event.Kind.PAPERS_SORTED:
        return say_bulk(event.data.get("act", ""), event.data.get("number", 0))
    return str(SENTENCES[Event.Kind(event.kind)])


def say_bulk(act: str, n: int) -> str:
    """An act on many papers, with their number; the topic, if there is one, is `{what}`."""
    sentences = {
        "listed": ngettext(
            "{who} added {n} paper to {what}", "{who} added {n} papers to {what}", n
        ),
        "unlisted": ngettext(
            "{who} removed {n} paper from {what}", "{who} removed {n} papers from {what}", n
        ),
        "split": ngettext(
            "{who} moved {n} paper from {what} to a new topic",
            "{who} moved {n} papers from {what} to a new topic",
            n,
        ),
        "slots": ngettext(
            "{who} set reviewer slots on {n} paper", "{who} set reviewer slots on {n} papers", n
        ),
        "venue": ngettext(
            "{who} set the venue of {n} paper", "{who} set the venue of {n} papers", n
        ),
        "nominated": ngettext("{who} nominated {n} paper", "{who} nominated {n} papers", n),
        "undone": ngettext(
            "{who} undid changes to {n} paper", "{who} undid changes to {n} papers", n
        ),
    }
    sentence = sentences.get(act, str(SENTENCES[Event.Kind.PAPERS_SORTED]))
    return sentence.replace("{n}", f"{n:,}")


def say_aside(event: Event) -> str:
    """A few words behind the sentence: where, or with which outcome."""
    after = event.data.get("after", "")
    if event.kind == Event.Kind.EXPERIMENT_CLOSED and after in Experiment.CLOSED:
        is_dropped = after == Experiment.State.DROPPED
        return "" if is_dropped else str(Experiment.State(after).label).lower()
    kinds = {Event.Kind.TOPIC_MERGED, Event.Kind.TOPIC_DELETED, Event.Kind.PAPERS_SORTED}
    if event.kind in kinds:
        return str(event.data.get("name", ""))
    if event.kind == Event.Kind.TOPIC_CHANGED and not event.paper:
        return say_topic_change(event.data)
    if event.kind in {Event.Kind.PAPER_LISTED, Event.Kind.TOPIC_CHANGED} and event.topic:
        return event.topic.name
    if event.review and event.comment_id:
        return gettext("%(name)s's review") % {"name": event.review.member}
    return ""
