"""Members, and what is one member's own."""

from __future__ import annotations

import pytest

from papers import access
from papers.models import Handover, Lab, Member, ReviewDraft, TextDraft
from tests import make
from tests.make import NOW


def test_members_know_each_other_and_strangers_nobody(lab: Lab, ben: Member, dan: Member):
    assert set(access.members_visible_to(ben)) == {ben, dan}
    assert not access.members_visible_to(None).exists()
    assert not access.members_visible_to(dan).exists()


def test_curators_edit_all_but_administrators(root: Member, ada: Member, ben: Member):
    assert set(access.members_editable_by(root)) == {root, ada, ben}
    assert set(access.members_editable_by(ada)) == {ada, ben}
    for viewer in (ben, None):
        assert not access.members_editable_by(viewer).exists()


def test_claims_are_known_to_members_and_changed_by_their_own(
    ada: Member, ben: Member, cy: Member, dan: Member
):
    claim = make.claim(make.paper(), ben)
    ended = make.claim(make.paper(), ben, ended_at=NOW, ending="released")
    assert set(access.claims_visible_to(cy)) == {claim, ended}
    for viewer in (None, dan):
        assert not access.claims_visible_to(viewer).exists()
        assert not access.claims_changeable_by(viewer).exists()
    assert set(access.claims_changeable_by(ben)) == {claim, ended}
    assert set(access.claims_changeable_by(ada)) == {claim, ended}
    assert not access.claims_changeable_by(cy).exists()
    assert set(access.claims_overridable_by(ada)) == {claim}
    for viewer in (ben, None):
        assert not access.claims_overridable_by(viewer).exists()


def draft(by: Member, **fields: object) -> ReviewDraft:
    return ReviewDraft.objects.create(
        paper=make.paper(), member=by, started_at=NOW, saved_at=NOW, **fields
    )


def test_an_offered_draft_is_taken_by_another_and_withdrawn_by_its_giver(
    ben: Member, cy: Member, rea: Member
):
    given = draft(ben)
    offer = Handover.objects.create(paper=given.paper, giver=ben, draft=given, offered_at=NOW)
    lost = draft(ben, discarded_at=NOW)
    Handover.objects.create(paper=lost.paper, giver=ben, draft=lost, offered_at=NOW)
    for viewer in (ben, cy):
        assert set(access.handovers_visible_to(viewer)) == {offer}
    for viewer in (rea, None):
        assert not access.handovers_visible_to(viewer).exists()
        assert not access.handovers_acceptable_by(viewer).exists()
        assert not access.handovers_withdrawable_by(viewer).exists()
    assert set(access.handovers_acceptable_by(cy)) == {offer}
    assert not access.handovers_acceptable_by(ben).exists()
    assert set(access.handovers_withdrawable_by(ben)) == {offer}
    assert not access.handovers_withdrawable_by(cy).exists()


def test_a_draft_is_its_authors_alone_and_not_while_it_is_locked(
    root: Member, ben: Member, cy: Member
):
    mine = draft(ben)
    draft(ben, locked_at=NOW)
    assert set(access.drafts_of(ben)) == {mine}
    for viewer in (root, cy, None):
        assert not access.drafts_of(viewer).exists()


@pytest.mark.parametrize("role", [Member.Role.READER, Member.Role.MEMBER])
def test_a_reader_has_no_drafts_of_reviews(role: str, lab: Lab):
    member = make.member("eve", role=role)
    draft(member)
    assert access.drafts_of(member).exists() is (role == Member.Role.MEMBER)


def test_an_unsent_text_is_its_authors_alone(root: Member, rea: Member, dan: Member):
    text = TextDraft.objects.create(member=rea, place="a", fields={}, saved_at=NOW)
    TextDraft.objects.create(member=dan, place="a", fields={}, saved_at=NOW)
    assert set(access.text_drafts_of(rea)) == {text}
    for viewer in (root, dan, None):
        assert not access.text_drafts_of(viewer).exists()
