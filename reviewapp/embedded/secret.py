"""The secret key of an installation that runs for itself: made once, kept beside the data."""

import os
import secrets
import tempfile
from pathlib import Path

from reviewapp.embedded.place import Place, cannot_write


def get_local_secret(var: Path) -> str:
    """Return the key in `var/secret-key`, and make it first when there is none."""
    path = var / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return make_secret(path)
    except OSError as refused:
        raise cannot_write(var, refused) from refused


def make_secret(path: Path) -> str:
    """Write it aside and link it into place: two who start at once end up with the same key."""
    Place(path.parent).make_var()
    try:
        descriptor, unfinished = tempfile.mkstemp(prefix="secret-", dir=path.parent)  # mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(unfinished)
    except OSError as refused:
        raise cannot_write(path.parent, refused) from refused
    return path.read_text().strip()
