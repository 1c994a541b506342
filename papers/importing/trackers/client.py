"""Requests to GitHub's REST API, version 2022-11-28, and to Enterprise servers of the setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_noop

from papers.importing.trackers.sandboxed import condense
from papers.lookups.actions.asking import make_agent, read_pause, read_seconds
from papers.lookups.actions.turns import NotNow, ServiceFailed, take_turn
from papers.lookups.registry import is_on
from papers.lookups.services.service import Service
from papers.outgoing import AddressRefused, Answer, NoAnswer, Rules, send_request

GITHUB = Service(
    "github", "GitHub", "https://api.github.com", 1.0, lambda _: "", lambda _body, _subject: None
)
"""GitHub asks programs to make one request after the other, and not many of them a second."""

SECONDS, PATIENCE = 20.0, 30.0
MOST_BYTES = 8 * 1024 * 1024
"""Of a page of a hundred issues."""

MOST_PAGES = 100
_NEXT = re.compile(r'<([^<>]+)>;\s*rel="next"')

MISSING = gettext_noop(
    "GitHub has no such repository, or the token may not read it. Private repositories need one."
)
REFUSED = gettext_noop("GitHub refused the token.")
OFF = gettext_noop("Lookups at GitHub are switched off.")
TOO_MANY = gettext_noop(
    "This repository has too many issues. Export them with gh, and import the file."
)


class Later(Exception):
    """GitHub could not answer; asking again in `seconds` may help."""

    def __init__(self, seconds: float, problem: str) -> None:
        super().__init__(problem)
        self.seconds = seconds


class Refused(Exception):
    """Asking again would not help; the text is for the member."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the issues are: the origin of the API, "owner/name", and a token or nothing."""

    server: str
    name: str
    token: str


def list_servers() -> list[tuple[str, str]]:
    """Origins of the APIs that may be asked, with the hosts that people know them by."""
    known = settings.LOOKUP_SERVERS.get(GITHUB.key, GITHUB.origin)
    own = [(f"https://{host}", host) for host in settings.GITHUB_HOSTS]
    return [(known, "github.com"), *own]


def read_rows(repository: Repository) -> Iterator[str]:
    """Issues, then comments, a page at a time, as JSON objects joined by commas.

    Raises Later and Refused.
    """
    for path in ("issues?state=all&sort=created&direction=asc", "issues/comments?sort=created"):
        url = f"{_get_root(repository)}/repos/{repository.name}/{path}&per_page=100"
        for _number in range(MOST_PAGES):
            answer = _ask(repository, url)
            page = condense(answer.body)
            if page.problem:
                raise Refused(page.problem)
            if page.rows:
                yield page.rows
            following = _NEXT.search(answer.headers.get("link", ""))
            if following is None:
                break
            url = following[1]
        else:
            raise Refused(TOO_MANY)


def _get_root(repository: Repository) -> str:
    """Enterprise servers have their API below a path."""
    is_known = repository.server in {one for one, host in list_servers() if host == "github.com"}
    return repository.server if is_known else f"{repository.server}/api/v3"


def _ask(repository: Repository, url: str) -> Answer:
    if not is_on(GITHUB.key):
        raise Refused(OFF)
    try:
        with take_turn(GITHUB, patience=PATIENCE, longest=SECONDS + 2):
            return _exchange(repository, url)
    except NotNow as problem:
        raise Later(problem.seconds, str(problem)) from problem
    except ServiceFailed as problem:
        raise Later(max(problem.pause, 60), str(problem)) from problem


def _exchange(repository: Repository, url: str) -> Answer:
    headers = {
        "User-Agent": make_agent(),
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    if repository.token:
        headers["Authorization"] = f"Bearer {repository.token}"
    stand_in = settings.LOOKUP_SERVERS.get(GITHUB.key)
    rules = Rules(
        origins=frozenset({repository.server}),
        is_local=repository.server == stand_in,
        redirects=2,
        most_bytes=MOST_BYTES,
    )
    try:
        answer = send_request("GET", url, headers=headers, seconds=SECONDS, rules=rules)
    except NoAnswer as problem:
        raise ServiceFailed(str(problem)) from problem
    except AddressRefused as problem:
        raise Refused(str(problem)) from problem
    return _judge(answer)


def _judge(answer: Answer) -> Answer:
    """The answer, if it is one. Raises ServiceFailed and Refused."""
    is_limited = answer.status == 403 and (
        "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"
    )
    if answer.status in (429, 500, 502, 503, 504) or is_limited:
        pause = read_pause(answer) or read_seconds(answer.headers.get("retry-after", "")) or 60.0
        raise ServiceFailed(f"GitHub answered {answer.status}.", pause=pause)
    if answer.status in (401, 403):
        raise Refused(REFUSED)
    if answer.status in (404, 410, 451):
        raise Refused(MISSING)
    if answer.status != 200 or answer.is_cut:
        raise Refused(f"GitHub answered {answer.status}.")
    return answer
