"""`make audit`: whether a version in requirements.lock is known to be weak.

Without arguments pip-audit asks PyPI. With a directory of OSV records (JSON, one advisory a file,
as https://osv.dev publishes them) nothing leaves this machine.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LOCK = Path("requirements.lock")
UNREACHABLE = """pip-audit is not installed, or can't reach its source.
Install it (pip install pip-audit), or check without the network: download and unpack
https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip, then run
make audit ADVISORIES=the-directory"""


def main(arguments: list[str]) -> int:
    """0 when nothing is known, 1 when something is, 2 when it could not be asked."""
    locked = read_lock(LOCK.read_text(encoding="utf-8"))
    if not arguments:
        return ask_pip_audit()
    found = sorted(list_known(locked, Path(arguments[0])))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(locked)} packages, {len(found)} known weaknesses.")
    return 1 if found else 0


def ask_pip_audit() -> int:
    """Its own answer; a sentence where it can't give one."""
    command = ["pip-audit", "-r", str(LOCK), "--disable-pip", "--require-hashes"]
    try:
        answer = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        print(UNREACHABLE)
        return 2
    print(answer.stdout, answer.stderr, sep="")
    is_answer = answer.returncode == 0 or "Found" in answer.stderr
    if not is_answer:
        print(UNREACHABLE)
    return answer.returncode if is_answer else 2


def read_lock(text: str) -> dict[str, Version]:
    """Versions by name, of lines like `django==6.1 \\`."""
    pairs = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.M)
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def list_known(locked: dict[str, Version], folder: Path) -> Iterator[str]:
    """A line for each advisory that names a locked version."""
    for path in folder.rglob("*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        for affected in [] if record.get("withdrawn") else record.get("affected", []):
            name = canonicalize_name(affected.get("package", {}).get("name", ""))
            if name in locked and is_affected(locked[name], affected):
                yield f"{name} {locked[name]}: {record['id']} {record.get('summary', '')}"


def is_affected(version: Version, affected: dict[str, Any]) -> bool:
    """By the list of versions, or by a range from `introduced` to before `fixed`."""
    if str(version) in affected.get("versions", []):
        return True
    ranges = [one for one in affected.get("ranges", []) if one.get("type") == "ECOSYSTEM"]
    return any(_is_within(version, one["events"]) for one in ranges)


def _is_within(version: Version, events: list[dict[str, str]]) -> bool:
    is_in = False
    for event in events:
        for kind, text in event.items():
            at = _read(text)
            if at is None:
                continue
            if kind == "introduced" and version >= at:
                is_in = True
            elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
                is_in = False
    return is_in


def _read(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
