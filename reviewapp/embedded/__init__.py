"""The embedded PostgreSQL server, made, started and stopped without anybody's help.

Who wants the database calls `ensure_running(var)`. The call takes a share in the server, which
lasts as long as the process; the first one starts a *keeper*, a process of its own that starts the
server, restarts it when it dies, and stops it as soon as nobody has a share any more. The shares
are file locks, which the kernel drops with the process that held them: whatever is killed, nothing
is left running and nothing has to be mended. Standard library only, for Linux and macOS.
"""

from reviewapp.embedded.place import DatabaseUnavailable
from reviewapp.embedded.shares import ensure_running, let_go

__all__ = ["DatabaseUnavailable", "ensure_running", "let_go"]
