"""Settings of signing in through other sites; a wrong one stops the start with a sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from reviewapp.sign_in import get_providers

OIDC = {"CLIENT_ID": "lab", "CLIENT_SECRET": "x", "URL": "https://login.example.edu/realms/u/"}


def set_up(monkeypatch: pytest.MonkeyPatch, key: str, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"SIGN_IN_{key}_{name}", value)


def test_nothing_is_on_by_default():
    assert get_providers() == {}


def test_rules_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    groups = "urn:mace:example:lab:reader, staff : curator"
    set_up(monkeypatch, "OIDC", **OIDC, GROUPS=groups, DOMAINS="Example.edu, b.org:reader")
    set_up(monkeypatch, "GITHUB", CLIENT_ID="x", CLIENT_SECRET="y", ORGANIZATIONS="Our-Lab")
    oidc, github = get_providers().values()
    assert oidc.url == "https://login.example.edu/realms/u"
    assert oidc.groups == {"urn:mace:example:lab": "reader", "staff": "curator"}
    assert oidc.domains == {"example.edu": "member", "b.org": "reader"}
    assert not oidc.is_trusted
    assert github.organizations == {"our-lab": "member"}
    assert github.scopes == ("user:email", "read:org")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"URL": "http://login.example.edu"}, "begins with https://"),
        ({"URL": ""}, "begins with https://"),
        ({"DOMAINS": "example.edu:curator"}, "with a role of reader, member"),
        ({"GROUPS": "staff:owner"}, "with a role of reader, member, curator"),
        ({"TRUSTED": "perhaps"}, "must be yes or no"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], said: str
):
    set_up(monkeypatch, "OIDC", **{**OIDC, **wrong})
    with pytest.raises(ImproperlyConfigured, match=said):
        get_providers()
