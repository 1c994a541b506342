"""The agenda's email before it is written: what it says, what changed, who gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from papers import access
from papers.meetings.mailing.changes import Change, Item, compare, sign
from papers.meetings.queries.calendar import ItemLine, list_agenda
from papers.models import AgendaItem, Lab, Meeting, Member
from papers.models.member import MemberQuerySet
from papers.moments import say_weekday, say_weekday_time
from papers.text.formulas import to_letters

STATE = ("id", "paper", "experiment", "title", "minutes", "presenter", "question")


@dataclass(frozen=True, slots=True)
class Names:
    """Titles of items by their paper or experiment, and members, as one viewer may read them."""

    papers: Mapping[int, str]
    experiments: Mapping[int, str]
    members: Mapping[int, str]

    def get_title(self, item: Item) -> str:
        """What the item is about; a closed experiment keeps its name to itself."""
        if item["paper"]:
            return self.papers.get(item["paper"], _("A paper"))
        if item["experiment"]:
            return self.experiments.get(item["experiment"], _("An experiment"))
        return str(item["title"])


@dataclass(frozen=True, slots=True)
class Letter:
    """The email as a page shows it; `seen` names this state of the agenda."""

    subject: str
    when: str
    zone: str
    items: Sequence[ItemLine]
    changes: Sequence[str]
    recipients: Sequence[Member]
    seen: str
    is_wanted: bool


def read_state(meeting: Meeting) -> dict[str, Any]:
    """What an email of this moment says, for `compare`; one query."""
    rows = AgendaItem.objects.filter(meeting=meeting).values_list("pk", *STATE[1:])
    items = [dict(zip(STATE, row, strict=True)) for row in rows]
    starts_at = meeting.starts_at.astimezone(UTC).isoformat()
    return {
        "starts_at": starts_at, "minutes": meeting.minutes, "place": meeting.place,
        "link": meeting.link, "items": items,
    }  # fmt: skip


def list_changes(meeting: Meeting) -> list[Change]:
    """What is different since the last email; nothing where none went out; one query."""
    return compare(meeting.sent_agenda, read_state(meeting)) if meeting.sent_agenda else []


def list_recipients() -> MemberQuerySet:
    """Active members with an address who want agendas by email."""
    members: MemberQuerySet = Member.objects.active().filter(agenda_by_mail=True)
    return members.exclude(email="").order_by("name", "pk")


def read_names(changes: Iterable[Change], viewer: access.Viewer, lab: Lab) -> Names:
    """Names of all that changed; three queries."""
    told = list(changes)
    items = [one.item for one in told if one.item]
    seen = access.experiments_visible_to(viewer, lab)
    experiments = seen.filter(pk__in={item["experiment"] for item in items if item["experiment"]})
    papers = access.papers_visible_to(viewer, lab)
    papers = papers.filter(pk__in={item["paper"] for item in items if item["paper"]})
    people = {pk for one in told if one.kind == "presenter" for pk in (one.before, one.now) if pk}
    people |= {item["presenter"] for item in items if item["presenter"]}
    members = Member.objects.filter(pk__in=people)
    return Names(
        {pk: to_letters(title) for pk, title in papers.values_list("pk", "title")},
        dict(experiments.values_list("pk", "title")),
        dict(members.values_list("pk", "name")),
    )


def say_changes(changes: Iterable[Change], names: Names, lab: Lab) -> list[str]:
    """Each change as a sentence, in the language that is switched on."""
    return [_say(one, names, lab) for one in changes]


def make_context(
    meeting: Meeting, member: Member, lab: Lab, items: Sequence[ItemLine], changes: Sequence[str]
) -> dict[str, Any]:
    """What the email's templates show, in the language that is switched on."""
    return {
        "meeting": meeting,
        "meeting_url": f"{settings.SITE_URL}{meeting.get_absolute_url()}",
        "member": member,
        "items": items,
        "changes": changes,
        "zone": lab.time_zone,
        "when": say_weekday_time(meeting.starts_at.astimezone(lab.zone)),
        "choices_url": f"{settings.SITE_URL}/profile/notifications/",
    }


def make_subject(meeting: Meeting, lab: Lab, changes: Sequence[str]) -> str:
    """`Reading group, Thursday 26 November`; a second email says that something changed."""
    subject = f"{meeting.name}, {say_weekday(meeting.starts_at.astimezone(lab.zone).date())}"
    return _("Changed: %(subject)s") % {"subject": subject} if changes else subject


def preview_letter(meeting: Meeting, viewer: Member, lab: Lab) -> Letter:
    """The email to the viewer, and who else gets it."""
    changes = list_changes(meeting)
    words = say_changes(changes, read_names(changes, viewer, lab), lab) if changes else []
    return Letter(
        subject=make_subject(meeting, lab, words),
        when=say_weekday_time(meeting.starts_at.astimezone(lab.zone)),
        zone=lab.time_zone,
        items=list_agenda(meeting, viewer, lab),
        changes=words,
        recipients=list(list_recipients()),
        seen=sign(read_state(meeting), meeting.sent_count),
        is_wanted=not meeting.sent_agenda or bool(changes),
    )


def _say(one: Change, names: Names, lab: Lab) -> str:
    if one.item:
        return _say_item(one, one.item, names)
    words = {"now": one.now, "before": one.before}
    if one.kind == "starts_at":
        read = {key: datetime.fromisoformat(at).astimezone(lab.zone) for key, at in words.items()}
        words = {key: say_weekday_time(at) for key, at in read.items()}
        return _("Now on %(now)s (was %(before)s)") % words
    if one.kind == "length":
        return _("Now %(now)s min long (was %(before)s)") % words
    if one.kind == "place":
        return _("Place: %(now)s") % words if one.now else _("Place: not set")
    if one.kind == "link":
        return _("New video link") if one.now else _("No video link")
    return _("New order of the items")


def _say_item(one: Change, item: Item, names: Names) -> str:
    words = {"title": names.get_title(item), "now": one.now, "before": one.before}
    words["name"] = names.members.get(item["presenter"] or 0, "")
    if one.kind == "added":
        said = _("Added: “%(title)s”, presented by %(name)s")
        return said % words if words["name"] else _("Added: “%(title)s”") % words
    if one.kind == "removed":
        return _("Removed: “%(title)s”") % words
    if one.kind == "minutes":
        if not one.now or not one.before:
            return _("“%(title)s”: %(now)s min") % words
        return _("“%(title)s”: %(now)s min (was %(before)s)") % words
    if one.kind == "presenter":
        words["before"] = names.members.get(one.before or 0, "")
        if not words["name"]:
            return _("“%(title)s”: no presenter") % words
        said = _("“%(title)s”: %(name)s presents instead of %(before)s")
        return said % words if words["before"] else _("“%(title)s”: %(name)s presents") % words
    return _("“%(title)s” is discussed with other papers") % words
