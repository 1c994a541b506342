"""GitLab's REST API, version 4, of gitlab.com and of servers of one's own.

Sources: "Issues API" (list project issues), "Notes API" (list project issue notes) and "REST API:
pagination" in GitLab's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings

from papers.importing.trackers.paging import read_pages
from papers.importing.trackers.sandboxed import CONDENSE_GITLAB, condense
from papers.importing.trackers.tracker_requests import TOO_MANY, Refused, Repository
from papers.lookups.services.service import Service

GITLAB = Service(
    "gitlab", "GitLab", "https://gitlab.com", 0.5, lambda _: "", lambda _body, _subject: None
)
"""GitLab allows some hundred requests a minute; comments take one for each issue that has any."""

MOST_DISCUSSED = 2_000
"""Issues with comments; at two requests a second these take a quarter of an hour."""


def list_servers() -> list[tuple[str, str]]:
    """Origins of the APIs that may be asked, with the hosts that people know them by."""
    known = settings.LOOKUP_SERVERS.get(GITLAB.key, GITLAB.origin)
    return [(known, "gitlab.com"), *((f"https://{host}", host) for host in settings.GITLAB_HOSTS)]


def read_rows(repository: Repository) -> Iterator[str]:
    """Issues, then the comments of each that has any, as JSON objects joined by commas.

    Raises Later and Refused.
    """
    project = f"{repository.server}/api/v4/projects/{quote(repository.name, safe='')}"
    discussed = list[int]()
    url = f"{project}/issues?scope=all&order_by=created_at&sort=asc&per_page=100"
    for body in read_pages(GITLAB, repository, url, {}):
        page = condense(CONDENSE_GITLAB, body, project)
        discussed += page.discussed
        yield page.rows
    if len(discussed) > MOST_DISCUSSED:
        raise Refused(TOO_MANY)
    for number in discussed:
        url = f"{project}/issues/{number}/notes?sort=asc&order_by=created_at&per_page=100"
        for body in read_pages(GITLAB, repository, url, {}):
            yield condense(CONDENSE_GITLAB, body, project).rows
