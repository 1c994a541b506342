"""What entries of other imports keep when an import is undone on whose papers they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from papers.bulk_copy import any_of
from papers.importing.intake.applying.actions.filling import fill, inherit, write_facts
from papers.importing.intake.applying.actions.review_rows import Written, write_reviews
from papers.importing.intake.undoing.queries.entries import Entry, read_entries, read_rows
from papers.models import ImportItem, ImportJob, Member, Paper

SHARED = ("identifier", "link", "listing", "claim")
"""Rows that several entries may name alike."""


@dataclass(slots=True)
class Heirs:
    """The entries of other imports by paper, and those of the import that is undone; the caller
    writes the imports.
    """

    job: ImportJob
    entries: dict[int, list[Entry]] = field(default_factory=dict)
    mine: dict[int, list[Entry]] = field(default_factory=dict)

    @classmethod
    def find(cls, job: ImportJob, others: Sequence[ImportJob]) -> Heirs:
        """Entries of the others on the papers that this import used."""
        papers = set(job.plan.get("uses", {}).get("paper", ()))
        entries = read_entries(papers, others) if papers and others else {}
        mine = read_entries(list(entries), [job]) if entries else {}
        return cls(job, dict(entries), dict(mine))

    def keep_rows(self) -> None:
        """What another entry names too becomes its own, and stays."""
        made = {(kind, pk) for kind, pk, *_ in self.job.made}
        gone = set()
        rows = read_rows(list(self.entries)) if self.entries else {}
        for paper, entries in self.entries.items():
            for kind, pk, value in ((k, *row) for k in SHARED for row in rows[paper][k].items()):
                heir = next((one for one in entries if value in one.says[kind]), None)
                if heir is not None and (kind, pk) in made:
                    heir.job.made.append([kind, pk])
                    gone.add((kind, pk))
        self.job.made = [row for row in self.job.made if (row[0], row[1]) not in gone]

    def fill(self, paper: Paper, fields: Collection[str]) -> None:
        """Give a paper what it lost, where another entry says it; the caller writes the paper."""
        for entry in self.entries.get(paper.pk, ()):
            if marks := fill(paper, entry.draft, fields):
                entry.job.made.append(["filled", paper.pk, marks])

    def inherit(self, papers: Collection[int]) -> None:
        """Papers that this import made, and another names, say what that one says."""
        rows = list(Paper.objects.filter(pk__in=[pk for pk in papers if pk in self.entries]))
        for paper in rows:
            heir, *others = self.entries[paper.pk]
            makers = [one for one in self.mine.get(paper.pk, ()) if not one.item.is_joined]
            if makers:
                inherit(paper, makers[0].draft, heir.draft)
            for other in others:
                if marks := fill(paper, other.draft):
                    other.job.made.append(["filled", paper.pk, marks])
        write_facts(rows)
        heirs = [self.entries[paper.pk][0].item.pk for paper in rows]
        items = ImportItem.objects.filter(pk__in=any_of(heirs, "bigint"))
        items.update(is_joined=False, left={})

    def bring_reviews(self) -> None:
        """Reviews of other entries that were not taken over because of one that is gone now."""
        wanted = list(self._reviews())
        if not wanted:
            return
        at = self.job.applied_at or self.job.created_at
        jobs = {(one.paper.pk, one.author.pk): job for job, one in reversed(wanted)}
        for review in write_reviews([one for _, one in wanted], at=at):
            jobs[review.paper_id, review.member_id].made.append(["review", review.pk])

    def _reviews(self) -> Iterator[tuple[ImportJob, Written]]:
        for paper, entries in self.entries.items():
            for entry in entries:
                for author in entry.says["review"]:
                    if entry.draft.review is not None:
                        who, line = Member(pk=author), entry.item.line
                        yield entry.job, Written(Paper(pk=paper), who, entry.draft.review, line)
