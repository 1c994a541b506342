"""Settings of signing in through other sites (docs/sign-in.md): which, and who gets in as what."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from papers.accounts.providers.provider_rules import ROLES, Provider, Roles
from reviewapp.environment import get_flag, get_list, get_text

__all__ = [
    "SIGN_IN_PROVIDERS",
    "SOCIALACCOUNT_ADAPTER",
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION",
    "SOCIALACCOUNT_QUERY_EMAIL",
    "SOCIALACCOUNT_STORE_TOKENS",
]

SOCIALACCOUNT_ADAPTER = "papers.accounts.providers.provider_adapter.ProviderAdapter"
SOCIALACCOUNT_QUERY_EMAIL = True
# Our own rules link accounts (accounts.providers), and nothing is asked of a provider later.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_STORE_TOKENS = False

LOCAL = {"localhost", "127.0.0.1", "::1"}
MODEST = ROLES[:2]
"""Roles for everybody of a domain or an organization; curators are named by a group."""

USUAL: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "oidc": ("", "", ("openid", "profile", "email")),
    "google": ("Google", "https://accounts.google.com", ("openid", "profile", "email")),
    "orcid": ("ORCID", "https://orcid.org", ("openid",)),
    "github": ("GitHub", "https://github.com", ("user:email",)),
}
"""Name, address and scopes of each."""


def get_providers() -> dict[str, Provider]:
    """Those that have a client id, in the order of USUAL, each further server behind the first."""
    keys = [key for key in USUAL if get_text(f"SIGN_IN_{key.upper()}_CLIENT_ID")]
    further = _list_further()
    keys[1 if "oidc" in keys else 0 : 0] = further
    return {key: _get_provider(key) for key in keys}


def _list_further() -> list[str]:
    """`oidc-hospital` for each name in SIGN_IN_OIDC_MORE. Raises ImproperlyConfigured."""
    names = get_list("SIGN_IN_OIDC_MORE")
    for name in names:
        if not re.fullmatch(r"[a-z][a-z0-9]{0,19}", name) or names.count(name) > 1:
            said = "must be different names of small letters and digits, such as hospital"
            raise ImproperlyConfigured(f"SIGN_IN_OIDC_MORE {said}; not {name!r}.")
        if not get_text(setting := f"SIGN_IN_OIDC_{name.upper()}_CLIENT_ID"):
            raise ImproperlyConfigured(f"{setting} is missing, which SIGN_IN_OIDC_MORE asks for.")
    return [f"oidc-{name}" for name in names]


def get_roles(name: str, roles: tuple[str, ...]) -> Roles:
    """`one:reader, two` as a role by name; "member" where none is named.

    Raises ImproperlyConfigured for a role that such a rule cannot give.
    """
    found = {}
    for words in get_list(name):
        what, colon, role = words.rpartition(":")
        what, role = (what.strip(), role.strip()) if colon else (role.strip(), "member")
        if role not in roles or not what:
            raise ImproperlyConfigured(
                f"{name} must look like name:role, with a role of {', '.join(roles)}; "
                f"not {words!r}."
            )
        found[what] = role
    return found


def _get_provider(key: str) -> Provider:
    prefix = f"SIGN_IN_{key.upper().replace('-', '_')}"
    kind, _, own_name = key.partition("-")
    name, url, scopes = USUAL[kind]
    organizations = get_roles(f"{prefix}_ORGANIZATIONS", MODEST) if key == "github" else {}
    domains = {} if key == "orcid" else get_roles(f"{prefix}_DOMAINS", MODEST)
    return Provider(
        key=key,
        name=get_text(f"{prefix}_NAME") or name or own_name or "single sign-on",
        url=_check(f"{prefix}_URL", get_text(f"{prefix}_URL") or url),
        client_id=get_text(f"{prefix}_CLIENT_ID"),
        secret=get_text(f"{prefix}_CLIENT_SECRET"),
        scopes=(*scopes, *(["read:org"] if organizations else []), *get_list(f"{prefix}_SCOPES")),
        domains={domain.casefold(): role for domain, role in domains.items()},
        organizations={one.casefold(): role for one, role in organizations.items()},
        groups=get_roles(f"{prefix}_GROUPS", ROLES) if kind == "oidc" else {},
        group_claim=get_text(f"{prefix}_GROUP_CLAIM") or "groups",
        is_trusted=get_flag(f"{prefix}_TRUSTED"),
    )


def _check(name: str, url: str) -> str:
    """Whoever answers at this address says who signs in: nobody may stand between."""
    url = url.partition("/.well-known/")[0].rstrip("/")
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url
    if parts.scheme == "http" and parts.hostname in LOCAL:
        return url
    raise ImproperlyConfigured(f"{name} must be an address that begins with https://, not {url!r}.")


SIGN_IN_PROVIDERS = get_providers()
