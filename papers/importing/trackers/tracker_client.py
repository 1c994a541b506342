"""Which trackers there are, and the issues of a repository from whichever it is at."""

from __future__ import annotations

from collections.abc import Iterator

from papers.importing.trackers import github, gitlab
from papers.importing.trackers.tracker_requests import Repository

TRACKERS = (github, gitlab)


def list_servers() -> list[tuple[str, str]]:
    """Origins of the APIs that may be asked, with the hosts that people know them by."""
    return [server for tracker in TRACKERS for server in tracker.list_servers()]


def read_rows(repository: Repository) -> Iterator[str]:
    """Issues and comments, some at a time, as JSON objects joined by commas.

    Raises Later and Refused.
    """
    for tracker in TRACKERS:
        if repository.server in {origin for origin, _host in tracker.list_servers()}:
            yield from filter(None, tracker.read_rows(repository))
