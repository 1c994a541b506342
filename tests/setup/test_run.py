"""`make run`'s process: brings all up, says one sentence when it cannot, leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.setup.places import ROOT, fresh_var, is_answering, kill, wait_for

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
    pytest.mark.xdist_group("setup"),
    pytest.mark.slow,
]
NOT_PASSED_ON = {"DATABASE_URL", "SECRET_KEY", "SITE_URL", "MAIL_URL", "DEBUG", "HOST"}


class Site:
    """`python -m reviewapp` in a folder of its own, with all that it said."""

    def __init__(self, var: Path, port: int, stdin: int = subprocess.DEVNULL, **more: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        self.var, self.address, self.said = var, f"http://127.0.0.1:{port}/", ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reviewapp"],
            cwd=ROOT,
            env=kept | {"VAR_DIR": str(var), "PORT": str(port), "WEB_PROCESSES": "1"} | more,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.listener = threading.Thread(target=self.listen)
        self.listener.start()

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def wait_until_up(self) -> "Site":
        wait_for(lambda: "Ctrl-C stops it" in self.said or self.process.poll() is not None, 120)
        if self.process.poll() is not None:
            self.wait()
            raise AssertionError(self.said)
        return self

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        code = self.process.wait(60)
        self.listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def processes_of(var: Path) -> set[int]:
    """All that belong to the site: they carry its folder in their environment or command line."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            marks = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(var) in marks:
            found.add(int(process.name))
    return found


def process_named(var: Path, word: bytes) -> int:
    """The oldest of the site's processes with this word in its command line, once there is one:
    a process that is just being started bears its parent's name for a moment.
    """
    found: list[int] = []

    def find() -> bool:
        found[:] = (pid for pid in processes_of(var) if word in read_command(pid))
        return bool(found)

    wait_for(find)
    return min(found)


def read_command(pid: int) -> bytes:
    """Its command line; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def var() -> Iterator[Path]:
    with fresh_var() as folder:
        yield folder


@pytest.fixture(scope="module", autouse=True)
def _collected_already(static_root: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATIC_ROOT", str(static_root))
        yield


@pytest.fixture(scope="module")
def site(_collected_already: None) -> Iterator[Site]:
    with fresh_var() as folder:
        running = Site(folder, free_port()).wait_until_up()
        yield running
        if running.process.poll() is None:
            running.end()


def test_it_says_where_it_is_and_answers_there(site: Site) -> None:
    assert f"reviewapp is at {site.address}" in site.said
    assert site.get("health/") == 200
    assert "Traceback" not in site.said


def test_the_processes_of_the_web_server_share_what_they_loaded(site: Site) -> None:
    """After some pages, most of a process is still its parent's memory."""
    for _ in range(20):
        assert site.get("accounts/login/") == 200
    parent = process_named(site.var, b"gunicorn")
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    assert children
    for pid in children:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        size = {name: int(value) for name, value in re.findall(r"^(\w+): +(\d+) kB", rollup, re.M)}
        assert size["Private_Dirty"] < size["Rss"] / 2


def test_a_second_start_is_one_sentence(site: Site) -> None:
    second = Site(site.var, free_port())
    assert second.wait() == 1
    assert second.said == (
        f"reviewapp runs already from {site.var} at {site.address} (process {site.process.pid}): "
        "stop that one first, or name another folder in VAR_DIR.\n"
    )


def test_a_taken_port_is_one_sentence(site: Site, var: Path) -> None:
    port = int(site.address.rstrip("/").rsplit(":", 1)[1])
    second = Site(var, port)
    assert second.wait() == 1
    assert second.said == (
        f"Port {port} on 127.0.0.1 is taken by another program: stop that one, "
        f"or choose another port, such as PORT={port + 1} make run.\n"
    )


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_wrong_port_is_one_sentence(var: Path, port: str) -> None:
    wrong = Site(var, 1, PORT=port)
    assert wrong.wait() == 1
    assert wrong.said == f"PORT must be a number from 1 to 65535, not '{port}'.\n"


def test_a_folder_that_cannot_be_made_is_one_sentence(var: Path) -> None:
    var.write_text("a file where the folder should be")
    wrong = Site(var, free_port())
    assert wrong.wait() == 1
    assert wrong.said.count("\n") == 1
    assert f"The folder {var} cannot be written: File exists." in wrong.said
    var.unlink()


def test_a_killed_worker_is_started_again(site: Site) -> None:
    worker = process_named(site.var, b"procrastinate")
    kill(worker)
    wait_for(lambda: "it is started again" in site.said)
    assert process_named(site.var, b"procrastinate") != worker
    assert site.get("health/") == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_stop_during_the_start_stops_all(var: Path, number: int) -> None:
    started = Site(var, free_port())
    wait_for(lambda: is_answering(var))
    assert started.end(number) == 0
    assert started.said.endswith("Stopped.\n")
    wait_for(lambda: not processes_of(var), seconds=5)


def test_starting_again_keeps_the_data_and_every_end_ends_all(site: Site) -> None:
    var = site.var
    key, sign_in = (var / "secret-key").read_text(), (var / "demo-sign-in").read_text()
    assert len(processes_of(var)) > 5
    assert site.end(signal.SIGINT) == 0
    wait_for(lambda: not processes_of(var), seconds=5)  # helpers end when their pipes close

    killed = Site(var, free_port()).wait_until_up()
    assert (var / "secret-key").read_text() == key
    assert sign_in in killed.said
    killed.process.kill()
    killed.wait()

    ours, its_own = os.openpty()  # started at once, though the last one's children linger
    with_terminal = Site(var, free_port(), stdin=its_own).wait_until_up()
    os.close(its_own)
    os.close(ours)
    assert with_terminal.wait() == 0
    assert not processes_of(var)

    last = Site(var, free_port()).wait_until_up()
    kill(process_named(var, b"gunicorn"))
    assert last.wait() == 1
    assert re.search(r"The web server ended \(killed by signal 9\); all is stopped\.\n$", last.said)
    wait_for(lambda: not processes_of(var), seconds=5)  # whoever was killed needs its moment


def test_a_web_server_that_is_killed_ends_all_and_says_so(site: Site) -> None:
    if site.process.poll() is None:
        site.end()
    again = Site(site.var, free_port()).wait_until_up()
    kill(process_named(site.var, b"gunicorn"))
    assert again.wait() == 1
    assert "The web server ended (" in again.said
    assert "all is stopped." in again.said
    wait_for(lambda: not processes_of(site.var))
