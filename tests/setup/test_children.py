"""What is done about children of `make run` when the ground goes from under them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.children import Child, stop_all
from reviewapp.serving import Refused, Site, watch


@pytest.fixture
def children(tmp_path: Path) -> Iterator[list[Child]]:
    """Two that do nothing for a minute."""
    with (tmp_path / "lock").open("w") as lock:
        both = [Child(name, ["sleep", "60"], {}, lock) for name in ("web server", "worker")]
        for one in both:
            one.start()
        yield both
        stop_all(both)


def test_all_ends_with_its_folder(children: list[Child], tmp_path: Path) -> None:
    """Else the worker would be started again for ever, to find nothing."""
    var = tmp_path / "var"
    with pytest.raises(Refused, match=f"{var} is gone"):
        watch(Site(var, "127.0.0.1", 8000, is_embedded=False), *children)
