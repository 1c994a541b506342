"""`manage.py import_list FILE...`: understand lists, show what was understood, take them in."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from papers.importing.reading.drafts.understood import Understood
    from papers.models import Member


class Command(BaseCommand):
    """Bring lists into the lab; with `--dry-run` only say what they hold."""

    help = "Bring reading lists, notes and awesome-lists into the lab."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE..., --as HANDLE, --dry-run, --json."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--as", dest="handle", default="", help="the member who brings them")
        parser.add_argument("--dry-run", action="store_true", help="only show; needs no database")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--explain",
            action="store_true",
            help="with --dry-run: show the kinds of lines, their roles and scores",
        )
        parser.add_argument(
            "--role", action="append", default=[], metavar="PATTERN=ROLE",
            help="give a kind of line (--explain names them) or a line (line:12) another role; may "
                 "be repeated",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every file before anything is taken in, so that a wrong path changes nothing."""
        documents = [(path, _read(path)) for path in options["files"]]
        from papers.importing.intake.sandboxed import ReadersBusy

        try:
            if options["dry_run"]:
                self._show(documents, _choices(options["role"]), options)
            else:
                self._apply(documents, options["handle"], as_json=options["json"])
        except ReadersBusy as busy:
            raise CommandError("Reading took too long. Try again when less else runs.") from busy

    def _show(
        self, documents: list[tuple[Path, bytes]], choices: dict[str, str], options: dict[str, Any]
    ) -> None:
        from papers.importing.intake.sandboxed import read
        from papers.importing.reading.drafts.as_json import as_json

        found = [read(data, _name(path), choices).understood for path, data in documents]
        if options["json"]:
            objects = [as_json(one) for one in found]
            self._print_json(objects[0] if len(objects) == 1 else objects)
            return
        for one in found:
            self.stdout.write(
                f"{one.name}: {one.shape}; {len(one.papers)} papers, {len(one.topics)} topics, "
                f"{len(one.members)} members, "
                f"{sum(paper.review is not None for paper in one.papers)} with review text"
            )
            for repair in one.repairs:
                self.stdout.write(f"  repaired: {repair}")
            for problem in one.problems:
                self.stdout.write(f"  {problem.message}")
            if options["explain"]:
                self._explain(one)

    def _explain(self, found: "Understood") -> None:
        """Each kind of line with its role, its scores and an example, and the words left out by
        their reason.
        """
        from papers.importing.reading.collecting.account import words_of
        from papers.importing.reading.drafts.reasons import REASONS

        for pattern in found.patterns:
            scores = ", ".join(f"{role} {score:+.2f}" for role, score in pattern.scores.items())
            chosen = " (chosen)" if pattern.is_chosen else ""
            self.stdout.write(
                f"  {pattern.id}: {pattern.role or 'text'}{chosen}, {pattern.count} lines from "
                f"line {pattern.line} on; {scores}"
            )
            self.stdout.write(f"      {pattern.example}")
        left: dict[str, int] = {}
        for one in found.left_out:
            left[one.reason] = left.get(one.reason, 0) + len(words_of(one.text))
        for reason, count in left.items():
            self.stdout.write(f"  left out: {count} words. {REASONS[reason]}")

    def _apply(self, documents: list[tuple[Path, bytes]], handle: str, *, as_json: bool) -> None:
        from django.utils import timezone

        from papers.importing.intake.applying.actions.apply_imports import apply_import
        from papers.importing.intake.previewing.actions.documents import (
            NotUnderstood,
            preview_import,
        )

        by = _find_member(handle)
        told = []
        for path, data in documents:
            try:
                job = preview_import(data=data, name=_name(path), by=by, at=timezone.now())
            except NotUnderstood as refused:
                raise CommandError(f"{path}: {refused}") from refused
            known = job.applied_at
            job = apply_import(job=job, by=by, at=timezone.now())
            told.append({"file": str(path), "import": job.pk, **job.plan["outcome"]})
            if known:
                self.stderr.write(f"{path}: already imported on {known:%d %b %Y}; nothing changed.")
            elif not as_json:
                self.stdout.write(_say(path, job.plan))
        if as_json:
            self._print_json(told[0] if len(told) == 1 else told)

    def _print_json(self, data: Any) -> None:
        json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")


def _choices(given: list[str]) -> dict[str, str]:
    """PATTERN=ROLE of the command line as a mapping."""
    pairs = [one.partition("=") for one in given]
    if wrong := next((one for one in pairs if not one[0] or not one[2]), None):
        raise CommandError(f"--role wants PATTERN=ROLE, not “{''.join(wrong)}”.")
    return {name: role for name, _, role in pairs}


def _read(path: Path) -> bytes:
    from papers.importing.reading.opening.at_sight import LARGEST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _name(path: Path) -> str:
    """The file's name with its folder, which may name the member."""
    return "/".join(path.absolute().parts[-2:])


def _find_member(handle: str) -> "Member":
    """Who brings the lists: the member of this handle, else the first administrator or curator."""
    from django.db.models import Q

    from papers.models import Member

    active = Member.objects.active()
    if handle:
        member: Member | None = active.filter(handle__iexact=handle.lstrip("@")).first()
        if member is None:
            raise CommandError(f"There is no active member “{handle}”. Give a handle after --as.")
        return member
    keepers = active.filter(Q(is_superuser=True) | Q(role=Member.Role.CURATOR)).order_by("pk")
    first: Member | None = keepers.first()
    if first is None:
        raise CommandError("Nobody may bring lists yet. Make a curator first, or use --as HANDLE.")
    return first


def _say(path: Path, plan: dict[str, Any]) -> str:
    counts = plan["outcome"]
    brought = ("topics", "members", "listings", "claims", "reviews")
    told = ", ".join(f"{counts[name]} {name}" for name in brought)
    first = f"{path}: {counts['papers']} papers are new, {counts['known']} were here; new: {told}."
    return "\n".join([first, *(f"  {message}" for _, message in plan["clashes"])])
