"""Settings of signing in through other sites; a wrong one stops the start with a sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from reviewapp.sign_in_settings import get_providers

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


def test_several_servers_have_rules_of_their_own(monkeypatch: pytest.MonkeyPatch):
    set_up(monkeypatch, "OIDC", **OIDC, MORE="hospital, lab2", GROUPS="staff:curator")
    set_up(
        monkeypatch, "OIDC_HOSPITAL", **OIDC | {"URL": "https://id.clinic.example"}, NAME="Clinic"
    )
    set_up(monkeypatch, "OIDC_LAB2", **OIDC, TRUSTED="yes", DOMAINS="lab2.example:reader")
    set_up(monkeypatch, "GOOGLE", CLIENT_ID="x", CLIENT_SECRET="y")
    found = get_providers()
    assert list(found) == ["oidc", "oidc-hospital", "oidc-lab2", "google"]
    clinic, lab = found["oidc-hospital"], found["oidc-lab2"]
    assert (clinic.url, clinic.name, clinic.groups) == ("https://id.clinic.example", "Clinic", {})
    assert (lab.name, lab.is_trusted, lab.domains) == ("lab2", True, {"lab2.example": "reader"})
    assert not found["oidc"].is_trusted


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("Clinic!", "small letters"),
        ("a, a", "different names"),
        ("clinic", "OIDC_CLINIC_CLIENT_ID"),
    ],
)
def test_a_server_that_is_named_wrongly_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, names: str, said: str
):
    monkeypatch.setenv("SIGN_IN_OIDC_MORE", names)
    monkeypatch.setenv("SIGN_IN_OIDC_A_CLIENT_ID", "x")
    with pytest.raises(ImproperlyConfigured, match=said):
        get_providers()
