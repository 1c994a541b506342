"""Hostile addresses and redirects make no request to anything but the allowed hosts."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as site_settings

from papers.lookups.actions.asking import make_agent
from papers.lookups.service_registry import make_rules
from papers.lookups.services.every import SERVICES
from papers.lookups.subjects import list_subjects
from papers.outgoing import AddressRefused, NoAnswer, check_address, send_request
from tests.lookups.stubs import Reply, Stub

HOSTS = [
    "127.0.0.1", "127.1", "127.0.1", "0.0.0.0", "0", "2130706433", "0x7f000001", "0x7f.1",
    "0177.0.0.1",
    "017700000001", "127.0.0.1.", "10.0.0.8", "10.1", "192.168.1.1", "3232235777", "172.16.0.1",
    "169.254.169.254", "2852039166", "0xA9FEA9FE", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[fe80::1]", "[fe80::1%25eth0]", "[fd00::1]",
    "[fec0::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:db8::1]", "localhost", "LOCALHOST",
    "localhost.localdomain", "127.0.0.1.nip.io", "metadata.google.internal", "kubernetes.default",
    "arxiv.org.evil.example", "evil.example", "xn--arxiv-xyz.example", "аrxiv.org", "ａrxiv.org",
    "①②⑦.⓪.⓪.①", "export.arxiv.org.", "export-arxiv.org", "xexport.arxiv.org", "[v1.x]", "a..b",
    "export.arxiv.org\uff0fevil.example", "export.arxiv.org\u3002evil.example",
]  # fmt: skip
SHAPES = [
    "https://{}/", "http://{}/", "https://{}:443/api/query", "https://{}:8080/",
    "https://export.arxiv.org@{}/", "https://export.arxiv.org:x@{}/api", "//{}/",
]  # fmt: skip
OTHERS = [
    "file:///etc/passwd", "gopher://127.0.0.1:25/_HELO", "ftp://export.arxiv.org/", "data:,x",
    "javascript:alert(1)", "http://export.arxiv.org/", "https://user@export.arxiv.org/",
    "https://user:pw@export.arxiv.org/", "https://:@export.arxiv.org/", "https://@export.arxiv.org/",
    "https://export.arxiv.org:444/", "https://export.arxiv.org:0/", "https://export.arxiv.org:99999/",
    "https://export.arxiv.org:-1/", "https://", "https:///api", "", "https://[::1", "dict://localhost/",
    "https://export.arxiv.org\\@evil.example/", "https://evil.example\\@export.arxiv.org/",
    "https://evil.example#@export.arxiv.org/", "https://evil.example?@export.arxiv.org/",
    "https://evil.example;@export.arxiv.org/", "https://export.arxiv.org%2F@evil.example/",
    "https://export.arxiv.org%00.evil.example/", "https://export.arxiv.org\t.evil.example/",
    "unix:///var/run/docker.sock", "ldap://127.0.0.1/", "jar:https://export.arxiv.org!/",
]  # fmt: skip
HOSTILE = [shape.format(host) for host in HOSTS for shape in SHAPES] + OTHERS


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Where connections were opened to; names resolve to a public address."""
    tried: list[Any] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        tried.append(host)
        return [(0, 0, 0, "", ("1.1.1.1", port))]

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return tried


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 300


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.key)
def test_no_hostile_address_is_asked(service: Any, opened: list[Any]) -> None:
    rules = make_rules(service)
    allowed = {origin.removeprefix("https://") for origin in rules.origins or ()}
    for url in HOSTILE:
        opened.clear()
        with pytest.raises((AddressRefused, NoAnswer)):
            send_request("GET", url, rules=rules, seconds=5)
        hosts = {one for one in opened if isinstance(one, str)}
        assert hosts <= allowed, f"{url} was asked"
        assert all(one in [("1.1.1.1", 443)] for one in opened if not isinstance(one, str))


@pytest.mark.slow
def test_no_redirect_leads_anywhere_else(stand_in: Callable[..., Stub]) -> None:
    """A service that is taken over, or its network, sends us to each of them in turn."""
    other = Stub(Reply(b"secret"))
    targets = iter([*HOSTILE, other.origin, f"{other.origin}/latest/meta-data"])
    stub = stand_in(
        "arxiv",
        lambda _path: Reply(
            status=302, headers={"Location": quote(next(targets), safe="%/:?#[]@!$&'()*+,;=\\")}
        ),
    )
    rules = make_rules(SERVICES["arxiv"])
    for _ in range(len(HOSTILE) + 2):
        try:
            answer = send_request("GET", f"{stub.origin}/", rules=rules, seconds=5)
        except (AddressRefused, NoAnswer):
            continue
        assert answer.status == 302, "no way out was given, and it is no answer"
    assert other.asked == []
    other.close()


def test_a_name_that_points_into_the_own_network_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for address in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"):
        rows = [(0, 0, 0, "", (address, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, rows=rows, **__: rows)
        for service in SERVICES.values():
            with pytest.raises(AddressRefused, match="public internet"):
                send_request("GET", f"{service.origin}/", rules=make_rules(service))


def test_every_service_is_asked_by_https_at_its_own_origin() -> None:
    for service in SERVICES.values():
        rules = make_rules(service)
        assert not rules.is_local
        assert rules.most_bytes == 5 * 1024 * 1024
        for origin in rules.origins or ():
            assert origin.startswith("https://")
            check_address(f"{origin}/", rules)
        assert site_settings.SITE_URL in make_agent()


@pytest.mark.parametrize(
    "name",
    [
        "https://arxiv.org/abs/2106.12345?x=\r\nHost: evil", "10.1000/../../etc", "10.1000/a?b#c",
        "10.1000/a\nb", "https://openreview.net/forum?id=../../notes", "10.1000/%2e%2e/x",
        "https://proceedings.mlr.press/v1/../../x.html", "https://proceedings.mlr.press/v1/a.html?x",
        "https://openaccess.thecvf.com/content/../x/html/a_paper.html", "10.1000/" + "x" * 600,
    ],
)  # fmt: skip
def test_a_name_stays_one_part_of_the_path(name: str) -> None:
    """Whatever was pasted, the request has the shape that its service's module gives it."""
    for subject in list_subjects([name]):
        for service in SERVICES.values():
            path = service.write_path(subject)
            assert not any(char.isspace() or ord(char) < 32 for char in path)
            assert "/../" not in path
            assert path == "" or path.startswith("/")
            assert not path.startswith("//")
            assert path.count("?") <= 1
