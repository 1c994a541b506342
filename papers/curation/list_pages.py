"""One page of a list of the curators' desk."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

ROWS = 50
"""People on one page of a list."""


def page_of(rows: QuerySet[Any], name: str, asked: QueryDict) -> dict[str, Any]:
    """One page of a list with the addresses around it; a wrong number is the nearest page."""
    page: Page[Any] = Paginator(rows, ROWS).get_page(asked.get("page"))
    query = asked.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        name: page.object_list,
        "total": page.paginator.count,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
        "place": _("%(first)s to %(last)s of %(total)s")
        % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count},
    }
