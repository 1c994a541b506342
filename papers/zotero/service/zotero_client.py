"""Requests to Zotero's Web API (version 3): one a second at most, whichever worker asks.

The rules are those of https://www.zotero.org/support/dev/web_api/v3/syncing: reads name the
version since which something changed, writes the version that they change, and `Backoff` and
`Retry-After` are kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from papers.lookups.actions.asking import make_agent, read_pause, read_seconds
from papers.lookups.actions.turns import NotNow, ServiceFailed, take_turn
from papers.lookups.service_registry import get_origin, is_on, make_rules
from papers.lookups.services.service import Service
from papers.models import ZoteroLibrary
from papers.outgoing import AddressRefused, Answer, NoAnswer, send_request
from papers.zotero.service.sandboxed import read_answer
from papers.zotero.service.zotero_values import Collection, Item, Read

ZOTERO = Service(
    "zotero", "Zotero", "https://api.zotero.org", 1.0, lambda _: "", lambda _body, _subject: None
)
SECONDS = 20.0
"""For one request."""

PATIENCE = 8.0
"""Seconds to wait for the turn; longer pauses end the run, and the next one goes on."""

PAGE = 100
"""Collections of one answer; the most that Zotero gives."""

BATCH = 50
"""Items of one request; the most that Zotero takes."""

MOST_REQUESTS = 60
"""Of one run, so that a big library does not keep a worker for itself."""

FORBIDDEN, NOT_FOUND, CONFLICT = 403, 404, 412


class Interrupted(Exception):
    """The run ends here; the next one goes on in `seconds`. `problem` is said to curators."""

    def __init__(self, seconds: float, problem: str = "") -> None:
        super().__init__(problem)
        self.seconds, self.problem = seconds, problem


class Refused(Exception):
    """Zotero will answer no better until somebody changes the key or the group."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass
class Client:
    """One run's requests to one library. Every method raises Interrupted and Refused."""

    library: ZoteroLibrary
    left: int
    pause: float = 1.0

    def read_rights(self) -> tuple[bool, bool]:
        """Whether the key may read the group, and whether it may change it."""
        read = self._ask("/keys/current", "rights")[0]
        names = {"all", str(self.library.group)}
        return bool(names & set(read.readable)), bool(names & set(read.writable))

    def list_versions(self, since: int) -> tuple[dict[str, int], int]:
        """Versions by key of the items that changed, trashed ones too; the library's version."""
        query = f"items/top?format=versions&includeTrashed=1&since={since}"
        read, version = self._ask(f"{self._group}/{query}", "versions")
        return read.versions, version

    def read_version(self, key: str) -> int:
        """The version of one item of any kind; 0 when there is none."""
        query = f"items?format=versions&includeTrashed=1&itemKey={key}"
        return self._ask(f"{self._group}/{query}", "versions")[0].versions.get(key, 0)

    def list_items(self, keys: Sequence[str]) -> tuple[Item, ...]:
        """At most BATCH items."""
        query = f"items?format=json&includeTrashed=1&itemKey={','.join(keys)}"
        return self._ask(f"{self._group}/{query}", "items")[0].items

    def list_collections(self, since: int) -> tuple[list[Collection], list[str]]:
        """Collections that changed, and the keys of those that are in the bin."""
        found, gone, start = list[Collection](), list[str](), 0
        while True:
            query = f"collections?since={since}&limit={PAGE}&start={start}"
            page = self._ask(f"{self._group}/{query}", "collections")[0]
            found += page.collections
            gone += page.gone_collections
            start += page.count
            if page.count < PAGE:
                return found, gone

    def list_gone(self, since: int) -> Read:
        """Keys of the items and collections that were deleted."""
        return self._ask(f"{self._group}/deleted?since={since}", "gone")[0]

    def write_items(self, items: Sequence[Mapping[str, Any]]) -> Read:
        """Make or change at most BATCH items: those with a version are changed."""
        body = json.dumps(list(items)).encode()
        return self._ask(f"{self._group}/items", "written", method="POST", body=body)[0]

    def delete_item(self, key: str, version: int) -> bool:
        """Whether it is gone: not when somebody changed it since this version."""
        answer = self._send(
            f"{self._group}/items/{key}",
            method="DELETE",
            headers={"If-Unmodified-Since-Version": str(version)},
        )
        return answer.status != CONFLICT

    @property
    def _group(self) -> str:
        return f"/groups/{self.library.group}"

    def _ask(
        self, path: str, kind: str, *, method: str = "GET", body: bytes = b""
    ) -> tuple[Read, int]:
        """What the answer says, and the library's version."""
        headers = {"Content-Type": "application/json"} if body else {}
        answer = self._send(path, method=method, body=body, headers=headers)
        if answer.status == NOT_FOUND:
            raise Refused(answer.status)
        read = read_answer(answer.body, kind)
        if read.problem or answer.is_cut:
            raise Interrupted(600, read.problem or "The answer is too long.")
        version = answer.headers.get("last-modified-version", "")
        return read, int(version) if version.isdecimal() and len(version) < 19 else 0

    def _send(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        if not self.left:
            raise Interrupted(self.pause)
        self.left -= 1
        if not is_on(ZOTERO.key):
            raise Interrupted(3600, "Lookups are switched off.")
        try:
            with take_turn(ZOTERO, patience=PATIENCE, longest=SECONDS + 2):
                return self._exchange(path, method, body, headers or {})
        except NotNow as problem:
            raise Interrupted(problem.seconds) from problem
        except ServiceFailed as problem:
            raise Interrupted(max(problem.pause, 60), str(problem)) from problem

    def _exchange(self, path: str, method: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Raises ServiceFailed, Refused and Interrupted."""
        sent = {
            "User-Agent": make_agent(),
            "Zotero-API-Version": "3",
            "Zotero-API-Key": self.library.key or "",
            **headers,
        }
        try:
            answer = send_request(
                method, f"{get_origin(ZOTERO)}{path}", body=body, headers=sent,
                seconds=SECONDS, rules=make_rules(ZOTERO),
            )  # fmt: skip
        except NoAnswer as problem:
            raise ServiceFailed(str(problem)) from problem
        except AddressRefused as problem:
            raise Interrupted(3600, str(problem)) from problem
        if answer.status == 429 or answer.status >= 500:
            raise ServiceFailed(f"Zotero answered {answer.status}.", pause=read_pause(answer))
        if "backoff" in answer.headers:
            self.left, self.pause = 0, read_seconds(answer.headers["backoff"])
        if answer.status in (401, FORBIDDEN):
            raise Refused(answer.status)
        if answer.status >= 400 and answer.status not in (NOT_FOUND, CONFLICT):
            raise Interrupted(3600, f"Zotero answered {answer.status}.")
        return answer
