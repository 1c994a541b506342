"""Papers, topics, listings and imports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet

from papers import access
from papers.models import ImportItem, ImportJob, Lab, Member
from tests import make
from tests.make import NOW

type Rule = Callable[[Any, Lab], QuerySet[Any]]


@pytest.mark.parametrize(
    "rule", [access.papers_visible_to, access.topics_visible_to, access.listings_visible_to]
)
def test_what_is_catalogued_is_there_for_whoever_may_read(rule: Rule, rea: Member, dan: Member):
    make.paper(topics=[make.topic()])
    for is_public in (False, True):
        lab = make.lab(public_reading=is_public)
        assert rule(rea, lab).count() == 1
        assert rule(None, lab).count() == is_public
        assert rule(dan, lab).count() == is_public


def test_members_edit_what_they_added_and_curators_all(
    ada: Member, ben: Member, cy: Member, rea: Member
):
    mine, other = make.paper(added_by=ben), make.paper(added_by=rea)
    assert set(access.papers_editable_by(ada)) == {mine, other}
    assert set(access.papers_editable_by(ben)) == {mine}
    for viewer in (cy, rea, None):
        assert not access.papers_editable_by(viewer).exists()


def test_only_curators_act_on_many_papers(ada: Member, ben: Member):
    mine = make.paper(added_by=ben)
    assert set(access.papers_sortable_by(ada)) == {mine}
    for viewer in (ben, None):
        assert not access.papers_sortable_by(viewer).exists()


def bring(by: Member, state: str = ImportJob.State.APPLIED) -> ImportJob:
    applied_at = NOW if state == ImportJob.State.APPLIED else None
    fields = {"created_at": NOW, "applied_at": applied_at, "state": state}
    return ImportJob.objects.create(by=by, name="list.md", **fields)


def test_one_sees_ones_own_imports_and_curators_all(
    ada: Member, ben: Member, cy: Member, rea: Member
):
    mine, hers = bring(ben), bring(rea)
    assert set(access.imports_visible_to(ada)) == {mine, hers}
    assert set(access.imports_visible_to(ben)) == {mine}
    for viewer in (cy, rea, None):
        assert not access.imports_visible_to(viewer).exists()


def test_a_joined_entry_is_split_by_whoever_imported_it_once_it_is_applied(
    ada: Member, ben: Member, cy: Member
):
    job, waiting = bring(ben), bring(ben, ImportJob.State.PREVIEW)

    def put(job: ImportJob, **fields: Any) -> ImportItem:
        number = ImportItem.objects.count()
        fields = {"is_joined": True, "key": f"entry {number}", "position": number, **fields}
        return ImportItem.objects.create(job=job, data={}, **fields)

    joined = put(job)
    put(job, is_joined=False)
    put(job, is_excluded=True)
    put(waiting)
    for viewer, rows in ((ada, {joined}), (ben, {joined}), (cy, set()), (None, set())):
        assert set(access.entries_splittable_by(viewer)) == rows
