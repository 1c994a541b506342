"""Prepared reads give what their querysets give, for every kind of viewer, at any time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q, QuerySet, Value

from papers import access
from papers.caching.prepared import prepared
from papers.models import Claim, Lab, Member, Paper, Review, Topic
from papers.models.search import SearchDoc
from papers.models.topic import is_below
from papers.search.index.actions import refresh
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def find_reviews(viewer: access.Viewer, lab: Lab, paper: int) -> QuerySet[Review]:
    """Reviews of a paper with a text that holds what statements are made of."""
    rows = access.reviews_visible_to(viewer, lab).filter(paper=paper)
    return rows.annotate(odd=Value("100% 'it''s' %s")).select_related("member").order_by("pk")


read_reviews = prepared(find_reviews)


@prepared
def read_titles(
    viewer: access.Viewer, lab: Lab, key: int, *, newest: bool = False
) -> QuerySet[Paper, tuple[int, str]]:
    """Titles of some papers."""
    rows = access.papers_visible_to(viewer, lab).filter(pk__in=[key])
    return rows.order_by("-pk" if newest else "pk").values_list("pk", "title")


def test_it_gives_what_the_queryset_gives_to_each_viewer_whatever_changes_between():
    lab, ada, ben = make.lab(), make.member("ada"), make.member("ben")
    paper = make.paper()
    make.review(paper, ada)
    make.claim(paper, ben)
    strangers = (None, AnonymousUser())
    for independent in (False, True, False):
        for role in (Member.Role.MEMBER, Member.Role.CURATOR, Member.Role.READER):
            lab = make.lab(independent_reviews=independent)
            Member.objects.update(role=role)
            ada.refresh_from_db()
            ben.refresh_from_db()
            for viewer in (ada, ben, *strangers):
                expected = list(find_reviews(viewer, lab, paper.pk))
                found = read_reviews(viewer, lab, paper.pk)
                assert found == expected
                assert [row.odd for row in found] == ["100% 'it''s' %s"] * len(expected)
                assert [row.member.handle for row in found] == ["ada"] * len(expected)
    assert read_reviews(ben, make.lab(independent_reviews=True), paper.pk) == []


def test_a_member_who_left_is_a_stranger():
    lab, ada = make.lab(), make.member("ada")
    paper = make.paper()
    assert read_titles(ada, lab, [paper.pk]) == [(paper.pk, paper.title)]
    ada.state = Member.State.ALUMNI
    ada.save()
    ada.refresh_from_db()
    assert read_titles(ada, lab, [paper.pk]) == []
    assert read_titles(ada, make.lab(public_reading=True), [paper.pk]) != []


def test_one_key_or_many_and_each_shape_of_its_own():
    lab, ada = make.lab(), make.member("ada")
    papers = [make.paper() for _ in range(3)]
    keys = [paper.pk for paper in papers]
    assert [pk for pk, _ in read_titles(ada, lab, keys)] == keys
    assert [pk for pk, _ in read_titles(ada, lab, keys, newest=True)] == keys[::-1]
    assert [pk for pk, _ in read_titles(ada, lab, keys[1])] == [keys[1]]
    assert read_titles(ada, lab, []) == []
    assert read_titles(ada, lab, [2**40]) == []


@prepared
def read_due(
    viewer: access.Viewer, lab: Lab, since: datetime, day: date, topics: int
) -> QuerySet[Claim, tuple[int]]:
    """Claims between an instant and a day, of papers under some topics."""
    here = SearchDoc.objects.filter(topics__overlap=[topics]).values("paper_id")
    rows = access.claims_visible_to(viewer).filter(claimed_at__gte=since, due_on__lte=day)
    return rows.filter(paper__in=here).order_by("pk").values_list("pk")


def test_instants_days_and_lists_are_keys_too():
    lab, ada, topic = make.lab(), make.member("ada"), make.topic("Graphs")
    paper = make.paper(topics=[topic])
    refresh([paper.pk])
    claim = make.claim(paper, ada, due_on=date(2026, 11, 20), claimed_at=make.NOW)
    just_then, the_day = make.NOW, date(2026, 11, 20)
    assert read_due(ada, lab, just_then, the_day, [topic.pk, 1]) == [(claim.pk,)]
    assert read_due(ada, lab, just_then, the_day, []) == []
    assert read_due(ada, lab, just_then + timedelta(microseconds=1), the_day, [topic.pk]) == []
    assert read_due(ada, lab, just_then, the_day - timedelta(days=1), [topic.pk]) == []


def test_it_survives_a_rolled_back_transaction_and_a_new_connection():
    lab, ada = make.lab(), make.member("ada")
    paper = make.paper()
    for _ in range(3):
        assert read_titles(ada, lab, paper.pk)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("ROLLBACK")
    connection.close()
    assert read_titles(ada, lab, paper.pk)


@partial(prepared, is_planned_once=False)
def read_paths(
    viewer: access.Viewer, lab: Lab, steps: str, path: str
) -> QuerySet[Topic, tuple[str, ...]]:
    """Topics of some paths, and those below another."""
    rows = access.topics_visible_to(viewer, lab).filter(Q(path__in=[steps]) | is_below(path))
    return rows.order_by("path").values_list("path")


def test_lists_of_texts_and_beginnings_are_keys_too() -> None:
    lab, ada = make.lab(), make.member("ada")
    for path in ("vision", "vision/depth", "vision-100%_", "audio", "audio/music"):
        parent = Topic.objects.filter(path=path.rpartition("/")[0]).first()
        make.topic(path.rpartition("/")[2], parent=parent)
    paths = list(Topic.objects.order_by("path").values_list("path", flat=True))
    for steps, path in ((["audio"], "vision"), (["vision", "audio"], "audio"), ([], "it's")):
        expected = [one for one in paths if one in steps or one.startswith(f"{path}/")]
        assert [one for (one,) in read_paths(ada, lab, steps, path)] == expected
