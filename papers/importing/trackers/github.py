"""GitHub's REST API, version 2022-11-28, and that of Enterprise servers."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from papers.importing.trackers.paging import read_pages
from papers.importing.trackers.sandboxed import CONDENSE_GITHUB, condense
from papers.importing.trackers.tracker_requests import Repository
from papers.lookups.services.service import Service

GITHUB = Service(
    "github", "GitHub", "https://api.github.com", 1.0, lambda _: "", lambda _body, _subject: None
)
"""GitHub asks programs to make one request after the other, and not many of them a second."""

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


def list_servers() -> list[tuple[str, str]]:
    """Origins of the APIs that may be asked, with the hosts that people know them by."""
    known = settings.LOOKUP_SERVERS.get(GITHUB.key, GITHUB.origin)
    return [(known, "github.com"), *((f"https://{host}", host) for host in settings.GITHUB_HOSTS)]


def read_rows(repository: Repository) -> Iterator[str]:
    """Issues, then comments, a page at a time, as JSON objects joined by commas.

    Raises Later and Refused.
    """
    for path in ("issues?state=all&sort=created&direction=asc", "issues/comments?sort=created"):
        url = f"{_get_root(repository)}/repos/{repository.name}/{path}&per_page=100"
        for body in read_pages(GITHUB, repository, url, HEADERS):
            yield condense(CONDENSE_GITHUB, body).rows


def _get_root(repository: Repository) -> str:
    """Enterprise servers have their API below a path."""
    is_known = repository.server == list_servers()[0][0]
    return repository.server if is_known else f"{repository.server}/api/v3"
