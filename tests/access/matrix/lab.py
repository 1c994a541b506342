"""A lab with one of everything: each member's own, hidden, deleted, archived and merged.

Independent reviews are on. Ben holds leases on the papers of which others' reviews must stay
hidden from him. A secret word ending in `quartz` stands in each text that some may not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount

from papers.claims.actions.handover import offer_draft
from papers.curation.sorting.actions import sort_papers
from papers.discussion.actions import add_comment, remove_comment
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import (
    Absence,
    AgendaItem,
    ApiToken,
    ArchiveJob,
    BibliographyLink,
    ChatAccount,
    Claim,
    Comment,
    Event,
    Experiment,
    IssueFetch,
    Meeting,
    MeetingSeries,
    Member,
    Paper,
    PresenterSwap,
    Review,
    TextDraft,
    Webhook,
    WebhookEndpoint,
)
from papers.records.actions.keeping import archive_paper, delete_paper
from papers.records.actions.merging import merge_papers
from papers.reviews.actions.publishing import delete_review, publish_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.search.actions import save_search
from tests import make
from tests.access.matrix import secret_links
from tests.access.matrix.secret_links import PROVIDER
from tests.accounts.passkeys import make_passkey
from tests.make import NOW

type Kinds = dict[str, dict[str, str]]
"""Of each noun in the routes: the key of one of each kind (own, other, hidden, deleted ...)."""

WORDS = {
    "draftquartz": "Md",
    "hiddenquartz": "ROCA",
    "mergedquartz": "ROCA",
    "archivedquartz": "ROCA",
    "deletedquartz": "M",
    "removedquartz": "",
    "offeredquartz": "O",
    "unsentquartz": "O",
    "importquartz": "OCA",
    "searchquartz": "O",
}
"""Each planted word, with the letters of those who may read it."""


def build(people: Mapping[str, Member]) -> Kinds:
    """The lab with everything in it."""
    make.lab(public_reading=False, independent_reviews=True)
    kinds: Kinds = {}
    make_records(kinds, people)
    make_reviews(kinds, people)
    make_talk(kinds, people)
    make_meetings(kinds, people)
    make_imports(kinds, people)
    make_own_things(kinds, people)
    make_curators_things(kinds, people)
    make.index()
    return kinds


def put(kinds: Kinds, noun: str, **rows: Any) -> None:
    """Note the keys of rows of each kind."""
    keys = {kind: str(getattr(row, "pk", row)) for kind, row in rows.items()}
    kinds.setdefault(noun, {}).update(keys)


def make_records(kinds: Kinds, people: Mapping[str, Member]) -> None:
    """Papers and topics, with leases of the member on the closed ones."""
    ben, other, ada = people["M"], people["O"], people["C"]
    topic = make.topic("Known topic")
    own = make.paper("A known paper", topics=[topic], added_by=ben)
    others = make.paper("Of another", topics=[topic], added_by=other)
    hidden = make.paper("Closed to Ben", added_by=ada)
    archived = make.paper("An archived paper", added_by=ada)
    twin = make.paper("A twin", added_by=ada)
    gone = make.paper("To be deleted", added_by=ada, abstract="removedquartz", note="removedquartz")
    leases = [make.claim(paper, ben) for paper in (own, hidden, archived)]
    lease = make.claim(make.paper("Claimed by another", added_by=ada), other)
    released = make.claim(
        others, ben, due_on=None, ended_at=NOW, ending=Claim.Ending.RELEASED,
    )  # fmt: skip
    put(kinds, "paper", own=own, other=others, hidden=hidden, archived=archived)
    put(kinds, "paper", merged=twin, deleted=gone)
    put(kinds, "claim", own=leases[0], other=lease, deleted=released)
    put(kinds, "topic", any=topic)
    put(kinds, "listing", any=topic.listings.first())


def get_paper(kinds: Kinds, kind: str) -> Paper:
    return Paper.objects.get(pk=kinds["paper"][kind])


def say(word: str, paper: Paper, by: Member) -> Review:
    """A review with the word in every part, an experiment out of it, and comments on both."""
    texts = dict.fromkeys(("takeaway", "summary", "follow_up", "questions"), word)
    item = {"title": f"{word} trial", "hypothesis": word, "plan": word, "cost": "", "risk": ""}
    content = ReviewContent(**texts, critique=f"- {word}", items=[item])  # type: ignore[arg-type]
    review = publish_review(paper=paper, by=by, at=NOW, content=content, stamp=Stamp())
    for subject in (review, review.experiments.get()):
        add_comment(subject=subject, body=f"{word} @ada", by=by, at=NOW)
    return review


def make_reviews(kinds: Kinds, people: Mapping[str, Member]) -> None:
    """Reviews and drafts; the member may not read three of them."""
    ben, other = people["M"], people["O"]
    mine = say("Fine", make.paper("Reviewed by Ben", added_by=other), ben)
    others = say("Good", get_paper(kinds, "other"), other)
    hidden = say("hiddenquartz", get_paper(kinds, "hidden"), other)
    say("archivedquartz", get_paper(kinds, "archived"), other)
    say("mergedquartz", get_paper(kinds, "merged"), make.member("mia"))
    say("removedquartz", get_paper(kinds, "deleted"), other)
    deleted = say("deletedquartz", make.paper("Reviewed and regretted", added_by=other), ben)
    delete_review(review=deleted, by=ben, at=NOW)
    put(kinds, "review", own=mine, other=others, hidden=hidden, deleted=deleted)
    found = {kind: Review.objects.get(pk=pk) for kind, pk in kinds["review"].items()}
    first = {kind: Experiment.objects.get(review=review) for kind, review in found.items()}
    put(kinds, "experiment", **first)
    draft(get_paper(kinds, "own"), ben, "draftquartz")


def draft(paper: Paper, by: Member, word: str) -> None:
    save_draft(paper=paper, by=by, at=NOW, content=ReviewContent(summary=word), stamp=Stamp())


def make_talk(kinds: Kinds, people: Mapping[str, Member]) -> None:
    """Comments on a paper and on a hidden review."""
    ben, other, paper = people["M"], people["O"], get_paper(kinds, "own")
    mine, others, gone = (
        add_comment(subject=paper, body=body, by=by, at=NOW)
        for body, by in (("First.", ben), ("Second.", other), ("deletedquartz", ben))
    )
    remove_comment(comment=gone, by=ben, at=NOW)
    hidden = Comment.objects.get(review=kinds["review"]["hidden"])
    put(kinds, "comment", own=mine, other=others, hidden=hidden, deleted=gone)


def make_meetings(kinds: Kinds, people: Mapping[str, Member]) -> None:
    """A meeting that the member leads, one that another leads, one that is cancelled."""
    ben, other, paper = people["M"], people["O"], get_paper(kinds, "own")
    days = {"own": "2026-11-25", "other": "2026-12-02", "deleted": "2026-12-09"}
    leads = {"own": ben, "other": other, "deleted": ben}
    for kind, day in days.items():
        starts = NOW + (make.day(day) - NOW.date())
        meeting = Meeting.objects.create(
            day=make.day(day), starts_at=starts, created_at=NOW, lead=leads[kind],
            cancelled_at=NOW if kind == "deleted" else None,
        )  # fmt: skip
        item = AgendaItem.objects.create(meeting=meeting, paper=paper, presenter=leads[kind])
        put(kinds, "meeting", **{kind: meeting})
        put(kinds, "item", **{kind: item})
    put(kinds, "day", **days)
    items = {kind: AgendaItem.objects.get(pk=pk) for kind, pk in kinds["item"].items()}
    ask = {"state": PresenterSwap.State.ASKED, "asked_at": NOW}
    to_ben = PresenterSwap.objects.create(item=items["other"], asked_by=other, to=ben, **ask)
    to_other = PresenterSwap.objects.create(item=items["own"], asked_by=ben, to=other, **ask)
    put(kinds, "swap", own=to_ben, other=to_other)
    series = MeetingSeries.objects.create(
        weekday=2, time=time(12), starts_on=NOW.date(), created_at=NOW
    )
    put(kinds, "series", any=series)


def make_imports(kinds: Kinds, people: Mapping[str, Member]) -> None:
    """An import of each, read and not applied yet."""
    for kind, by in {"own": people["M"], "other": people["O"]}.items():
        word = "importquartz" if kind == "other" else "walls"
        source = f"# Topic\n\n- [On {word}](https://example.org/{kind}) - a note\n"
        job = preview_import(data=source.encode(), name=f"{word}.md", by=by, at=NOW)
        put(kinds, "import", **{kind: job})
        put(kinds, "entry", **{kind: job.items.filter(kind="paper").get()})
        fetch = IssueFetch.objects.create(
            server="https://api.github.com", repository=f"lab/{word}", by=by, asked_at=NOW
        )
        put(kinds, "fetch", **{kind: fetch})


def make_own_things(kinds: Kinds, people: Mapping[str, Member]) -> None:
    """What is nobody else's business, of both members."""
    days = {"first_on": NOW.date(), "last_on": NOW.date(), "noted_at": NOW}
    for kind, letter in {"own": "M", "other": "O"}.items():
        by = people[letter]
        word = "searchquartz" if kind == "other" else "old"
        search = save_search(name=word, text=word, by=by, at=NOW)
        link = BibliographyLink.objects.create(by=by, search=word, token_hash=kind, created_at=NOW)
        paper = make.paper(f"Offered by {letter}", added_by=people["C"])
        draft(paper, by, "offeredquartz" if kind == "other" else "Mine")
        token = ApiToken.objects.create(
            member=by, name=word, token_hash=word, account_hash="", scopes=["read"],
            created_at=NOW, expires_at=NOW + timedelta(days=1),
        )  # fmt: skip
        chat = ChatAccount.objects.create(
            service="slack", user=letter, name=word, member=by, account_hash="", connected_at=NOW
        )
        put(kinds, "chat", **{kind: chat})
        connection = SocialAccount.objects.create(user=by, provider=PROVIDER.key, uid=word)
        put(kinds, "connection", **{kind: connection})
        put(kinds, "passkey", **{kind: make_passkey(by)})
        put(kinds, "token", **{kind: token})
        put(kinds, "search", **{kind: search})
        put(kinds, "bibliography", **{kind: link})
        put(kinds, "absence", **{kind: Absence.objects.create(member=by, **days)})
        put(kinds, "handover", **{kind: offer_draft(paper=paper, by=by, at=NOW)})
        put(kinds, "member", **{kind: by})
        put(kinds, "handle", **{kind: by.handle})
    TextDraft.objects.create(
        member=people["O"], place="/papers/1/comments/", fields=[["body", "unsentquartz"]],
        saved_at=NOW,
    )  # fmt: skip


def make_curators_things(kinds: Kinds, people: Mapping[str, Member]) -> None:
    """Merges, deletions, invitations, archives, bulk acts, chat rooms."""
    ada = people["C"]
    merged = merge_papers(
        kept=get_paper(kinds, "hidden"), gone=get_paper(kinds, "merged"), by=ada, at=NOW
    )
    gone = delete_paper(paper=get_paper(kinds, "deleted"), reason="Spam", by=ada, at=NOW)
    archive_paper(paper=get_paper(kinds, "archived"), by=ada, at=NOW)
    put(kinds, "removal", any=merged, restorable=gone)
    papers = [int(kinds["paper"][kind]) for kind in ("own", "other")]
    sorting = sort_papers(act="slots", papers=papers, by=ada, at=NOW, slots=3)
    put(kinds, "sorting", any=sorting)
    put(kinds, "archive", any=ArchiveJob.objects.create(by=ada, asked_at=NOW))
    room = Webhook.objects.create(
        name="Room", format="slack", url="https://chat.example/x", added_at=NOW
    )
    put(kinds, "room", any=room)
    endpoint = WebhookEndpoint.objects.create(
        name="Robot", url="https://robot.example/", secret="whsec_", kinds=["paper-added"],
        added_at=NOW, since=NOW, read_until=NOW,
    )  # fmt: skip
    put(kinds, "endpoint", any=endpoint)
    put(kinds, "delivery", any=endpoint.deliveries.create(written_at=NOW, due_at=NOW))
    make.member("phil", state=Member.State.PLACEHOLDER, name="Phil")
    kinds["pair"] = {"any": f"{min(papers)}/{max(papers)}"}
    secret_links.make(kinds, people)
    events = Event.objects.filter(by=people["M"], kind=Event.Kind.COMMENT_DELETED)
    by_ada = Event.objects.filter(by=ada).first()
    put(kinds, "event", own=events.get(), other=by_ada)
