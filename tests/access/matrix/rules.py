"""What the words of the table mean: letters that are let in, and how the others are refused."""

from __future__ import annotations

from dataclasses import dataclass

from tests.access.matrix.callers import ROLES, Answer

MEMBERS = "RMOCA"
PROGRAMS = "rdwp"
OUTSIDE = "SX" + PROGRAMS
SCOPED = {"read": "r", "draft": "d", "write": "w", "publish": "p", "tokens": PROGRAMS}
ROLE = {
    "members": MEMBERS, "public": MEMBERS, "feeds": MEMBERS, "public-feeds": MEMBERS,
    "reviewers": "MOCA", "curators": "CA", "admins": "A",
}  # fmt: skip
IN, LOGIN, FORBIDDEN, ABSENT, SHUT = "in", "sign in", "403", "404", "no door"

BY_WORD = {
    "owner": {"own": "M", "other": "O", "hidden": "O", "deleted": "M"},
    "others": {"own": "OCA", "other": "MCA"},
    "lead": {"own": "M", "other": "O"},
    "reviewers": {"own": "MOCA", "other": "MOCA"},
    "adder": {"own": "M", "other": "O", "hidden": "C", "archived": "C"},
    "claimant": {"own": "M", "hidden": "M", "archived": "M"},
    "drafter": {"own": "M"},
    "doer": {"own": "M"},
    "curator": {"other": "C"},
    "nobody": {},
}
"""Whose a thing of each kind is."""


@dataclass(frozen=True)
class Cell:
    """One question to the site."""

    route: str
    path: str
    kind: str
    method: str
    caller: str
    expected: str
    is_shut: bool = False
    """Nobody may do this: a stranger hears that, or is sent to sign in."""

    def __str__(self) -> str:
        return f"{self.method} {self.route} ({self.kind or 'any'}) as {ROLES[self.caller]}"


def expect(rule: str, kind: str, caller: str, *, is_hidden: bool, is_public: bool) -> str:
    """What a caller gets. `is_hidden`: the thing is closed to the member and to strangers."""
    role, _, whose = rule.partition("/")
    if rule == "everybody":
        return IN
    if role == "secret":
        return ABSENT if kind == "wrong" else IN
    if role in SCOPED:
        return _expect_scoped(SCOPED[role], whose, kind, caller)
    if caller in OUTSIDE:
        return _expect_outside(role, kind, is_hidden=is_hidden, is_public=is_public)
    if rule in {"-", "nobody"}:
        return SHUT if rule == "-" else ABSENT
    if caller not in ROLE[role]:
        return FORBIDDEN
    if is_hidden and caller == "M":
        return ABSENT
    if whose and kind != "merged" and caller not in _list_owners(whose, kind):
        return ABSENT
    return _find(kind)


def _expect_scoped(letters: str, whose: str, kind: str, caller: str) -> str:
    """Of the API: a session opens nothing, and what was merged is not there."""
    if caller not in PROGRAMS:
        return LOGIN
    if caller not in letters:
        return FORBIDDEN
    is_theirs = not whose or "M" in _list_owners(whose, kind)
    return _find(kind) if is_theirs and kind != "merged" else ABSENT


def _expect_outside(role: str, kind: str, *, is_hidden: bool, is_public: bool) -> str:
    if role.startswith("public") and is_public:
        return ABSENT if is_hidden else _find(kind)
    return ABSENT if role.endswith("feeds") else LOGIN


def _find(kind: str) -> str:
    """What is merged leads on to what it was merged into."""
    return ABSENT if kind == "deleted" else IN


def _list_owners(whose: str, kind: str) -> str:
    """Letters of those whose the thing is; curators where the rule adds them."""
    word, _, more = whose.partition("+")
    return BY_WORD[word].get(kind, "") + (ROLE[more] if more else "")


def judge(answer: Answer) -> str:
    """The class of an answer. The panel leads from rows that are not there to its index."""
    status, place = answer.status, answer.location
    if status == 401 or (status == 302 and "/login/?next=" in place):
        return LOGIN
    if status in {403, 404, 405, 410} or (status == 302 and place == "/admin/"):
        return {403: FORBIDDEN, 405: SHUT}.get(status, ABSENT)
    return IN if 200 <= status < 400 or status in {400, 409, 422} else str(status)


def list_allowed(cell: Cell) -> set[str]:
    """Classes that the rule allows; a shut door is shut in several ways."""
    allowed = {cell.expected}
    if cell.expected == SHUT:
        allowed |= {FORBIDDEN, LOGIN}
        if cell.kind == "merged":
            allowed |= {IN, ABSENT}
        if cell.route.startswith("admin "):
            allowed |= {ABSENT}
    if cell.is_shut:
        allowed |= {SHUT}
    return allowed
