"""What an event says of a change to a topic: its sentence, and the words behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

TOPIC_ACTS = {
    "moved": _("{who} moved the topic {what}"),
    "renamed": _("{who} renamed the topic {what}"),
    "undone": _("{who} undid a change to the topic {what}"),
    "unlisted": _("{who} removed {what} from a topic"),
    "note": _("{who} edited the note on {what} in a topic"),
    "order": _("{who} reordered the papers of {what}"),
}
"""What a curator changed about a topic."""


def find_topic_act(data: Mapping[str, Any]) -> Promise | None:
    """The sentence of a change; None for one that has no name of its own."""
    if "undoes" in data:
        return TOPIC_ACTS["undone"]
    return TOPIC_ACTS.get("renamed" if "name" in data else data.get("change", ""))


def say_topic_change(data: Mapping[str, Any]) -> str:
    """Its name before and after, and where it was put."""
    words = []
    if "name" in data:
        before, after = data["name"]
        words.append(gettext("%(before)s → %(after)s") % {"before": before, "after": after})
    if "place" in data:
        words.append(_say_place(data["place"]["in"], data["place"]["below"]))
    return ", ".join(words)


def _say_place(parent: str, above: str) -> str:
    if not above:
        return (
            gettext("first in %(topic)s") % {"topic": parent} if parent else gettext("to the top")
        )
    if not parent:
        return gettext("below %(topic)s") % {"topic": above}
    return gettext("in %(parent)s, below %(topic)s") % {"parent": parent, "topic": above}
