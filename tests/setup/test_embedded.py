"""The embedded database: one server however many start it, no leftovers, back after every crash."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reviewapp.embedded import binaries
from reviewapp.embedded.place import LONGEST_SOCKET_PATH, SOCKET_NAME, Place
from reviewapp.environment import get_local_secret
from tests.setup.places import (
    ROOT,
    User,
    ask_for,
    connect,
    fresh_var,
    is_answering,
    keeper_pid,
    kill,
    postmaster_pid,
    refused,
    wait_for,
)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
    pytest.mark.xdist_group("embedded"),
]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount and change accounts")


@pytest.fixture
def var() -> Iterator[Path]:
    with fresh_var() as folder:
        yield folder


@pytest.fixture
def small_disk(var: Path) -> Iterator[Path]:
    """A `var/` that is a disk of its own with 8 MB."""
    var.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(var)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield var
    subprocess.run(["umount", "--lazy", str(var)], check=True)


def test_four_starters_at_once_get_one_server(var: Path) -> None:
    users = [User(var) for _ in range(4)]
    folders = {user.socket_folder() for user in users}
    servers = {ask_for(folder, "SELECT pg_postmaster_start_time()") for folder in folders}
    assert len(folders) == len(servers) == 1
    assert {user.end() for user in users} == {(0, "")}
    wait_for(lambda: not is_answering(var))


def test_the_server_stays_for_as_long_as_someone_uses_it(var: Path) -> None:
    with User(var) as first:
        folder = first.socket_folder()
        with User(var) as second:
            assert second.socket_folder() == folder
            first.end()
            with pytest.raises(AssertionError):
                wait_for(lambda: not is_answering(var), seconds=0.6)
    wait_for(lambda: not is_answering(var))


def test_a_user_that_is_killed_leaves_no_server_behind(var: Path) -> None:
    with User(var) as user:
        user.socket_folder()
        pid = postmaster_pid(var)
        user.kill()
    wait_for(lambda: not Path(f"/proc/{pid}").exists())


def test_all_killed_at_once_comes_back_with_what_was_committed(var: Path) -> None:
    with User(var) as user:
        with connect(user.socket_folder()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        keeper, server = keeper_pid(var), postmaster_pid(var)
        for pid in (keeper, server, user.process.pid):
            os.kill(pid, signal.SIGKILL)
    with User(var) as user:
        assert ask_for(user.socket_folder(), "SELECT number FROM kept") == 7


@needs_root
def test_a_stale_pid_file_whose_number_lives_again_does_not_block(var: Path) -> None:
    with User(var) as user:
        user.socket_folder()
        recorded = Place(var).data / "postmaster.pid"
        text = recorded.read_text()
    wait_for(lambda: not recorded.exists())
    account = binaries.choose_account(Place(var).home)
    with subprocess.Popen(["sleep", "60"], **account.identity()) as stranger:
        recorded.write_text(text.replace(text.split("\n", 1)[0], str(stranger.pid), 1))
        with User(var) as user:
            assert ask_for(user.socket_folder(), "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_without_its_keeper_is_kept_again_and_stopped_at_the_end(var: Path) -> None:
    with User(var) as first:
        first.socket_folder()
        pid = postmaster_pid(var)
        kill(keeper_pid(var))
        with User(var) as second:
            second.socket_folder()
            assert postmaster_pid(var) == pid
    wait_for(lambda: not is_answering(var))


def test_a_server_that_dies_in_use_is_started_again(var: Path) -> None:
    with User(var) as user:
        folder = user.socket_folder()
        kill(postmaster_pid(var))
        wait_for(lambda: not is_answering(var), seconds=5)
        wait_for(lambda: is_answering(var))
        assert ask_for(folder, "SHOW synchronous_commit") == "on"


def test_nobody_else_can_reach_it(var: Path) -> None:
    with User(var) as user:
        folder = user.socket_folder()
        assert Place(var).home.stat().st_mode & 0o777 == 0o700
        assert Path(folder).stat().st_mode & 0o777 == 0o700
        assert ask_for(folder, "SHOW listen_addresses") == ""


@pytest.mark.parametrize("name", ["long-" * 30 + "/var", 'odd, name\'s "folder" ü/var'])
def test_a_path_that_a_socket_cannot_have_is_no_hindrance(name: str) -> None:
    with fresh_var(name) as var, User(var) as user:
        folder = user.socket_folder()
        assert len(f"{folder}/{SOCKET_NAME}") <= LONGEST_SOCKET_PATH
        assert ask_for(folder, "SELECT lower('Ä')") == "ä"


@needs_root
def test_roots_closed_folder_is_used_through_an_account_that_cannot_enter_it(var: Path) -> None:
    var.parent.chmod(0o700)
    with User(var) as user:
        assert ask_for(user.socket_folder(), "SELECT 1") == 1
        home = (var / "postgres").readlink()
    with User(var) as user:
        assert user.socket_folder() == f"{home}/run"
    wait_for(lambda: not is_answering(var))
    shutil.rmtree(home)


@needs_root
def test_a_full_disk_is_one_sentence(small_disk: Path) -> None:
    sentence = refused(small_disk)
    assert "No space left on device" in sentence
    assert str(small_disk) in sentence


@needs_root
def test_a_read_only_folder_is_one_sentence(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert refused(small_disk) == (
        f"The folder {small_disk} cannot be written: Read-only file system. The embedded database "
        "keeps its data there: make it writable or make room, or set DATABASE_URL to a PostgreSQL "
        "server of your own."
    )


def test_data_of_another_release_is_one_sentence(var: Path) -> None:
    with User(var) as user:
        user.socket_folder()
    wait_for(lambda: not is_answering(var))
    (Place(var).data / "PG_VERSION").write_text("12\n")
    assert "is PostgreSQL 12's, and the one found here is" in refused(var)


def test_a_beginning_that_was_broken_off_is_made_anew(var: Path) -> None:
    (var / "postgres" / "data-unfinished" / "base").mkdir(parents=True)
    with User(var) as user:
        assert ask_for(user.socket_folder(), "SELECT 1") == 1


def test_without_the_wheel_the_systems_postgresql_is_taken(var: Path) -> None:
    if not list(binaries.system_folders()):
        pytest.skip("this system has no PostgreSQL")
    var.mkdir()
    bare = [sys.executable, "-S", "-m", "reviewapp.embedded.keeper", str(var)]  # sees no packages
    done = subprocess.run(bare, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (Place(var).data / "PG_VERSION").read_text().strip().isdigit()


def test_the_secret_key_is_made_once_and_for_its_owner_alone(var: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(get_local_secret, [var] * 8))
    assert len(keys) == 1
    assert len(keys.pop()) > 60
    assert (var / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in var.iterdir()] == ["secret-key"]
