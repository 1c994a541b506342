"""One request to a tracker's API: whose turn it is, what it may reach, what its answer means."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_noop

from papers.lookups.actions.asking import make_agent, read_pause, read_seconds
from papers.lookups.actions.turns import NotNow, ServiceFailed, take_turn
from papers.lookups.service_registry import is_on
from papers.lookups.services.service import Service
from papers.outgoing import AddressRefused, Answer, NoAnswer, Rules, send_request

SECONDS, PATIENCE = 20.0, 30.0
MOST_BYTES = 8 * 1024 * 1024
"""Of a page of a hundred issues."""

MISSING = gettext_noop(
    "There's no such repository, or the token may not read it. Private repositories need one."
)
REFUSED = gettext_noop("The site refused the token.")
OFF = gettext_noop("Lookups at this site are switched off.")
TOO_MANY = gettext_noop(
    "This repository has too many issues. Export them there, and import the file."
)


class Later(Exception):
    """The site could not answer; asking again in `seconds` may help."""

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


def ask(service: Service, repository: Repository, url: str, headers: dict[str, str]) -> Answer:
    """The answer, if it is one. Raises Later and Refused."""
    if not is_on(service.key):
        raise Refused(OFF)
    try:
        with take_turn(service, patience=PATIENCE, longest=SECONDS + 2):
            return _exchange(service, repository, url, headers)
    except NotNow as problem:
        raise Later(problem.seconds, str(problem)) from problem
    except ServiceFailed as problem:
        raise Later(max(problem.pause, 60), str(problem)) from problem


def _exchange(
    service: Service, repository: Repository, url: str, headers: dict[str, str]
) -> Answer:
    headers = {"User-Agent": make_agent(), **headers}
    if repository.token:
        headers["Authorization"] = f"Bearer {repository.token}"
    rules = Rules(
        origins=frozenset({repository.server}),
        is_local=repository.server == settings.LOOKUP_SERVERS.get(service.key),
        redirects=2,
        most_bytes=MOST_BYTES,
    )
    try:
        answer = send_request("GET", url, headers=headers, seconds=SECONDS, rules=rules)
    except NoAnswer as problem:
        raise ServiceFailed(str(problem)) from problem
    except AddressRefused as problem:
        raise Refused(str(problem)) from problem
    return _judge(service, answer)


def _judge(service: Service, answer: Answer) -> Answer:
    """The answer, if it is one. Raises ServiceFailed and Refused."""
    is_limited = answer.status == 403 and (
        "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"
    )
    said = f"{service.name} answered {answer.status}."
    if answer.status in (429, 500, 502, 503, 504) or is_limited:
        pause = read_pause(answer) or read_seconds(answer.headers.get("retry-after", "")) or 60.0
        raise ServiceFailed(said, pause=pause)
    if answer.status in (401, 403):
        raise Refused(REFUSED)
    if answer.status in (404, 410, 451):
        raise Refused(MISSING)
    if answer.status != 200 or answer.is_cut:
        raise Refused(said)
    return answer
