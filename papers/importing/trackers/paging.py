"""Lists that a tracker gives a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papers.importing.trackers.tracker_requests import TOO_MANY, Refused, Repository, ask
from papers.lookups.services.service import Service

MOST_PAGES = 100
_NEXT = re.compile(r'<([^<>]+)>;\s*rel="next"')


def read_pages(
    service: Service, repository: Repository, url: str, headers: dict[str, str]
) -> Iterator[bytes]:
    """The bodies of a list's pages, as far as the `Link` header leads (RFC 8288).

    Raises Later and Refused.
    """
    for _number in range(MOST_PAGES):
        answer = ask(service, repository, url, headers)
        yield answer.body
        following = _NEXT.search(answer.headers.get("link", ""))
        if following is None:
            return
        url = following[1]
    raise Refused(TOO_MANY)
