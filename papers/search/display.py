"""What a search says, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext

from papers.search.language.remarks import Remark


def say_remark(remark: Remark) -> str:
    """What was not understood, in the language of the page."""
    return gettext(remark.sentence.pattern) % remark.sentence.values


def say_facet_value(field: str, label: str) -> str:
    """A value to narrow by: names stay as they are, states are in the language of the page."""
    if field == "topic" and not label:
        return gettext("No topic")
    if field != "is":
        return label
    states = {
        "open": pgettext("papers", "Open"),
        "claimed": pgettext("papers", "Claimed"),
        "reviewed": pgettext("papers", "Reviewed"),
        "unreviewed": pgettext("papers", "Not reviewed"),
        "overdue": pgettext("papers", "Overdue"),
        "discussed": pgettext("papers", "Discussed"),
    }
    return states.get(label, label)
