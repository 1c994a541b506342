"""How gunicorn serves the site; `HOST`, `PORT`, `WEB_PROCESSES` and `WEB_THREADS` change it."""

import gc
import os
import resource
from pathlib import Path

from reviewapp.memory import give_back_memory

FILES_EACH, FILES_BESIDE = 3, 200
"""Open files of a connection: itself, and a body or an answer on the disk; and of all else."""


def make_room(connections: int) -> int:
    """Raise the limit of open files for so many connections; how many it allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections * FILES_EACH + FILES_BESIDE
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(connections, (max(soft, wanted) - FILES_BESIDE) // FILES_EACH)


bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
wsgi_app = "reviewapp.wsgi:application"
preload_app = True
worker_class = "reviewapp.web.worker.BufferingWorker"
workers = int(os.environ.get("WEB_PROCESSES") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)  # the pool of connections holds more (settings)
worker_connections = make_room(1000)  # more, and the idlest is closed
timeout = 60
forwarded_allow_ips = ""  # nobody: whether a proxy is believed, and what, is for settings to say
keepalive = 30  # s; an editor that saves every few seconds keeps its connection
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True  # nothing here speaks to it, and it wants a home to write to
if Path("/dev/shm").is_dir():  # noqa: S108 (heartbeats; on a disk they can stall)
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def when_ready(server: object) -> None:
    """Before the processes part: what is loaded now is shared, as long as nobody writes to it. The
    collector, which would write to all of it, leaves out what is frozen.
    """
    gc.collect()
    gc.freeze()


def post_fork(server: object, worker: object) -> None:
    """Bound its memory, and start what renders and reads texts before a member waits for it."""
    from papers.importing.intake import sandboxed
    from papers.text import markdown

    give_back_memory()
    markdown.warm_up()
    sandboxed.warm_up()
