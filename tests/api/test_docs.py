"""docs/api.md word for word: every command and script in it runs, with a real token."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from papers.api.tokens.actions import make_token
from papers.api.webhooks.signing import make_headers
from papers.models import ApiToken, Claim, Comment, Member, Paper, ReviewDraft, Vote
from tests import make
from tests.clock import NOW
from tests.house.sources import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

BLOCKS = re.findall(
    r"^```(\w+)\n(.*?)^```", (ROOT / "docs/api.md").read_text(), re.MULTILINE | re.DOTALL
)
COMMANDS = [text for kind, text in BLOCKS if kind == "bash"]
SCRIPTS = [text for kind, text in BLOCKS if kind == "python"]


@pytest.fixture
def shell(live_server: LiveServer) -> dict[str, str]:
    """The variables that the reader sets, for a lab with one paper."""
    make.lab()
    ada = make.member("ada")
    make.paper("Graphs that answer", topics=[make.topic("Graphs")])
    make.index()
    scopes = ApiToken.Scope.values
    _token, secret = make_token(name="Docs", scopes=scopes, days=7, by=ada, at=NOW)
    return {"PATH": os.environ["PATH"], "SITE": live_server.url, "TOKEN": secret}


def run(command: list[str], shell: dict[str, str], cwd: Path) -> str:
    done = subprocess.run(command, env=shell, cwd=cwd, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_commands_then_the_script(shell: dict[str, str], tmp_path: Path):
    said = run(["bash", "-euo", "pipefail", "-c", "\n".join(COMMANDS)], shell, tmp_path)
    assert '"handle": "ada"' in said
    assert "304\n" in said
    assert "@" in said.rpartition("304")[2], "an entry of BibTeX"
    draft = ReviewDraft.objects.get()
    assert (draft.paper.title, draft.verdict) == ("Graphs that answer", "try")
    assert Paper.objects.filter(title="A paper from a script").exists()
    assert (Claim.objects.count(), Comment.objects.count(), Vote.objects.count()) == (1, 1, 1)
    (tmp_path / "reviewapp.py").write_text((ROOT / "docs/client/reviewapp.py").read_text())
    (tmp_path / "script.py").write_text(SCRIPTS[0])
    said = run([sys.executable, "-W", "error", "script.py"], shell, tmp_path)
    assert said == "It holds on *small* graphs.\n"
    draft.refresh_from_db()
    assert draft.critique == "Only one seed."
    assert Member.objects.count() == 1


def test_a_search_without_a_hit_gives_no_number(shell: dict[str, str], tmp_path: Path):
    [search] = [text for text in COMMANDS if "PAPER=" in text]
    command = search.replace("graphs", "zebras") + 'echo "<$PAPER>"'
    assert run(["bash", "-euo", "pipefail", "-c", command], shell, tmp_path).endswith("<>\n")


def test_a_refused_command_shows_why(shell: dict[str, str], tmp_path: Path):
    [claim] = [line for line in "".join(COMMANDS).splitlines() if line.endswith('/claim"')]
    said = run(["bash", "-c", f"{claim} || true"], shell | {"PAPER": "x"}, tmp_path)
    assert "There is nothing here." in said
    assert not any("curl" in one and "--fail-with-body" not in one for one in COMMANDS)


def test_signatures_are_checked_as_written_there():
    found: dict[str, object] = {}
    exec(SCRIPTS[1], found)  # our own document
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    known = make_headers(
        secret, key="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=body
    )
    # The example of the specification's own libraries.
    assert known["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    check = found["is_genuine"]
    assert callable(check)
    assert check(secret, known, body)
    assert not check(secret, known, body + b" ")
