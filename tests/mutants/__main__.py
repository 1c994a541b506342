"""`python -m tests.mutants [SUBJECT ...]`: which small faults the tests of a subject let pass."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.mutants.running import Mutation

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS: dict[str, tuple[list[str], list[str]]] = {
    "access": (["papers/access/*.py"], ["tests/access", "tests/files/test_reading.py"]),
    "claims": (["papers/claims/actions/*.py"], ["tests/claims"]),
    "publishing": (
        ["papers/reviews/actions/publishing.py"],
        [
            "tests/reviews/test_actions.py",
            "tests/reviews/test_critique.py",
            "tests/reviews/test_publishing.py",
        ],
    ),
    "identifiers": (
        ["papers/text/identifiers.py"],
        ["tests/text/test_identifiers.py", "tests/text/test_identities.py"],
    ),
    "titles": (["papers/text/titles.py"], ["tests/text/test_titles.py"]),
    "matching": (
        [
            "papers/importing/intake/matching/queries/matching.py",
            "papers/importing/intake/matching/queries/sameness.py",
        ],
        [
            "tests/importing/intake/test_identity.py",
            "tests/importing/intake/test_intake.py",
            "tests/importing/intake/test_intake_undone.py",
            "tests/importing/intake/test_known_members.py",
            "tests/importing/intake/test_known_papers.py",
        ],
    ),
}
"""Modules, and the tests that are to notice what is wrong in them."""


def main(names: list[str]) -> int:
    """Try the subjects that are named, or all; 1 when a test fails without any mutant."""
    for name in names or SUBJECTS:
        patterns, tests = SUBJECTS[name]
        modules = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
        mutation = Mutation(modules)
        options = ["-q", "-p", "no:randomly", "-m", "not browser and not faults and not slow"]
        if pytest.main([*options, *tests], plugins=[mutation]) not in {0, 5}:
            return 1
        for module in modules:
            alive, killed = len(mutation.survivors[module]), mutation.killed[module]
            if alive + killed:
                share = killed / (alive + killed)
                print(f"{module.relative_to(ROOT)}: {share:.0%} of {alive + killed} noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
