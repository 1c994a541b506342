"""The production server on the test's own database, for tests that kill it or load it."""

from __future__ import annotations

import atexit
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from papers.models import Member
from tests import make
from tests.clock import CLOCK
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[1]


def get_database_url() -> str:
    """The address of the database that this test writes to."""
    connection.ensure_connection()
    info = connection.connection.info
    password = f":{quote(info.password)}" if info.password else ""
    where = f"host={quote(info.host, safe='')}&port={info.port}"
    return f"postgresql://{quote(info.user)}{password}@/{quote(info.dbname)}?{where}"


def give_password(member: Member) -> None:
    """PASSWORD, hashed as production does."""
    member.password = PBKDF2PasswordHasher().encode(make.PASSWORD, "salt", iterations=1000)
    member.save(update_fields=["password"])


@cache
def collect_static() -> str:
    """The static files under their hashed names, as an image has them."""
    root = tempfile.mkdtemp(prefix="reviewapp-static-")
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    known = {"STATIC_ROOT": root, "SECRET_KEY": "collecting"}
    subprocess.run(command, cwd=ROOT, env=os.environ | known, check=True)
    return root


class Server:
    """gunicorn as in production."""

    def __init__(self, var: Path, **others: str) -> None:
        CLOCK.follow_machine()  # as this server does
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = var / "server.log"
        known = {
            "DATABASE_URL": get_database_url(),
            "SECRET_KEY": settings.SECRET_KEY,
            "MAIL_URL": f"file:{var}",
            "VAR_DIR": str(var),
            "SITE_URL": self.url,
            "PORT": str(self.port),
            "STATIC_ROOT": collect_static(),
            "DEBUG": "",
            "GUNICORN_CMD_ARGS": "--log-level=info",  # says which signal ended it
        }
        self.environment = os.environ | known | others
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "-c", "reviewapp/gunicorn_conf.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        try:
            wait_for(self.answers, lambda: self.log.read_text()[-2000:], every=0.1)
        except AssertionError:  # no fixture ends what it never got
            self.kill()
            raise

    def answers(self) -> bool:
        """Whether the health check is content."""
        call = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            call.request("GET", "/health/")
            return call.getresponse().status == 200
        except OSError:
            return False
        finally:
            call.close()

    def kill(self) -> None:
        """SIGKILL to all of it, in the middle of whatever it does; says when it ended before."""
        process, self.process = self.process, None
        if process is None:
            return
        ended = process.poll()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert ended is None, f"ended by itself with {ended}: {self.log.read_text()[-2000:]}"
