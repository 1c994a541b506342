"""Who gets in as what: pure rules over what a provider says of a person. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from papers.text.one_line import CONTROL

LONGEST_NAME, LONGEST_EMAIL = 200, 254
_EMAIL = re.compile(r"[!-?A-~]+@[a-zA-Z0-9.-]+\.[a-zA-Z0-9-]+")

ROLES = ("reader", "member", "curator")
"""From the least to the most."""

type Roles = Mapping[str, str]
"""A domain, an organization or a group, and the role it gives."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One site to sign in with, as the operator's settings describe it.

    `is_trusted`: an address that it calls verified opens the account that has this address.
    """

    key: str
    name: str
    url: str
    client_id: str
    secret: str
    scopes: tuple[str, ...] = ()
    domains: Roles = field(default_factory=dict)
    organizations: Roles = field(default_factory=dict)
    groups: Roles = field(default_factory=dict)
    group_claim: str = "groups"
    is_trusted: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """What a provider says of who signed in there. `email` is empty, or a verified address."""

    uid: str
    name: str = ""
    handle: str = ""
    email: str = ""
    unverified: str = ""
    organizations: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def find_role(provider: Provider, person: Person) -> str | None:
    """The highest role that a rule of this provider gives; None when none fits."""
    fitting = [
        *_fit(provider.domains, {get_domain(person.email)}),
        *_fit(provider.organizations, person.organizations),
        *_fit(provider.groups, person.groups),
    ]
    return max(fitting, key=ROLES.index, default=None)


def would_fit_if_verified(provider: Provider, person: Person) -> bool:
    """Whether only the confirmation of the address is missing."""
    return bool(_fit(provider.domains, {get_domain(person.unverified)}))


def get_domain(email: str) -> str:
    """`example.edu` of `Ada@Example.edu`: all of it, so that no other domain ends like it."""
    return email.rpartition("@")[2].lower()


def read_claims(provider: Provider, claims: Mapping[str, Any]) -> Person:
    """The person of an OpenID Connect answer.

    Some servers write "true" for true; whatever else is not true is not verified.
    """
    email = read_email(claims)
    is_verified = claims.get("email_verified") in (True, "true")
    parts = (read_text(claims, "given_name"), read_text(claims, "family_name"))
    return Person(
        uid=str(claims["sub"]),
        name=read_text(claims, "name") or " ".join(filter(None, parts)),
        handle=read_text(claims, "preferred_username"),
        email=email if is_verified else "",
        unverified="" if is_verified else email,
        groups=frozenset(_list_words(claims.get(provider.group_claim))),
    )


def read_github(claims: Mapping[str, Any]) -> Person:
    """The person of GitHub's answers: user, addresses, and organizations that were asked about."""
    rows = [row for row in claims.get("emails") or () if isinstance(row, Mapping)]
    primary = next((row for row in rows if row.get("primary") is True), {})
    email = read_email(primary)
    is_verified = primary.get("verified") is True
    return Person(
        uid=str(claims["id"]),
        name=read_text(claims, "name") or read_text(claims, "login"),
        handle=read_text(claims, "login"),
        email=email if is_verified else "",
        unverified="" if is_verified else email,
        organizations=frozenset(claims.get("organizations") or ()),
    )


def read_text(claims: Mapping[str, Any], name: str) -> str:
    """A claim that should be text, on one line; everything else counts as missing."""
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    return " ".join(CONTROL.sub(" ", value).split())[:LONGEST_NAME]


def read_email(claims: Mapping[str, Any]) -> str:
    """An address in ASCII, as the lab's are; else none.

    Other letters can look the same to the database (`ı` is `I` in capitals), and would find
    somebody else's account.
    """
    email = read_text(claims, "email")
    return email if _EMAIL.fullmatch(email) and len(email) <= LONGEST_EMAIL else ""


def _fit(roles: Roles, found: Iterable[str]) -> list[str]:
    return [roles[one] for one in found if one and one in roles]


def _list_words(value: object) -> list[str]:
    """Groups come as a list, or as one group."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
