"""What is hidden leaves no trace: two labs that differ in it alone answer another member alike.

Counts, completions, orders, errors of the search, exports, feeds, the API and the assistants' door
are read twice, word for word. Only keys of forms and times of making are left aside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from django.db import transaction
from django.test import Client

from papers.api.tokens.actions import make_token
from papers.discussion.actions import add_comment, remove_comment
from papers.experiments.actions import close_experiment
from papers.exporting.format_registry import FORMATS
from papers.models import Experiment, Member, Paper, Review
from papers.reviews.actions.publishing import delete_review, publish_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.search.actions import save_search
from tests import make
from tests.clock import CLOCK, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.faults]  # minutes

WORD = "xylophonquartz"
PLAIN = ReviewContent(takeaway="Fine", summary="Good walls.", critique="- Small.", verdict="try")
ODD = ReviewContent(
    takeaway=f"{WORD} at length", summary=f"{WORD} ![a](https://x.example/a.png) $x^2$",
    critique=f"- {WORD}\n- one\n- two", follow_up=f"- {WORD} trial", questions=f"{WORD}?",
    verdict="skip", depth="reproduced",
    items=[{"title": f"{WORD} trial", "hypothesis": WORD, "plan": WORD, "cost": "", "risk": ""}],
)  # fmt: skip

SEARCHES = (
    WORD, WORD[:9], "xylophonquartx", f'"{WORD}"', f"in:summary {WORD}", f"in:critique {WORD}",
    f"in:followup {WORD}", f"walls or {WORD}", f"-{WORD}", f"walls -{WORD}", "is:reviewed",
    "is:unreviewed", "is:open", "is:claimed", "is:discussed", "has:experiment", "has:outcome",
    "verdict:skip", "verdict:try", "reviewer:other", "claimed-by:other", "sort:reviewed",
    "sort:disagreement", "sort:votes", "sort:new", "sort:old", "verdict:xylophonquartz",
    f"topic:{WORD}", f"(({WORD}", "year:x", "in:nothing walls",
)  # fmt: skip
PAGES = (
    "/", "/papers/", "/topics/", "/topics/known-topic/", "/members/", "/members/other/",
    "/activity/", "/digest/", "/digest/2026-W47/", "/experiments/", "/experiments/calibration/",
    f"/experiments/similar/?title={WORD}+trial", "/meetings/", "/reviews/questions/",
    "/notifications/", "/feeds/activity/", "/feeds/digest/", "/feeds/search/?q=walls",
    f"/feeds/search/?q={WORD}", "/calendar/mine.ics", "/help/search/", "/export/", "/searches/",
    "/activity/undo/", "/export/mine/", f"/follows/search/?q={WORD}",
)  # fmt: skip
OF_PAPER = ("", "reviews/", "history/", "similar/", "citation/", "comments/", "review/")
API = (
    "me", "topics", "members", "claims", "reviews", "experiments", "meetings", "drafts", "papers",
    f"papers?q={WORD}", "papers?q=walls&sort=disagreement", "papers?q=has:experiment",
)  # fmt: skip
VARYING = (
    (r'name="(csrfmiddlewaretoken|key|once|form_key|stamp)"\s+value="[^"]*"', r"\1"),
    (r"\b[A-Za-z0-9]{64}\b", "token"),
    (r"\b(event|review|comment|experiment|reply)-\d+", r"\1"),
    (r"/comments/\d+/", "/comments/key/"), (r"\bcomments\d+replies", "comments-replies"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "uuid"),
)  # fmt: skip


@pytest.fixture
def people(db: None) -> dict[str, Member]:
    """A lab in which one member has much to hide from another."""
    make.lab(independent_reviews=True)
    ben, other = make.member("ben"), make.member("other")
    make.member("mia")
    topic = make.topic("Known topic")
    for name in ("Walls", "More walls", "Yet more walls"):
        paper = make.paper(name, topics=[topic], added_by=ben)
        make.review(make.paper(f"{name} reviewed", topics=[topic]), other, summary="walls walls")
    make.claim(paper, ben)
    save_search(name="Mine", text="walls", by=ben, at=NOW)
    make.index()
    return {"ben": ben, "other": other}


def read_everything(member: Member) -> dict[str, str]:
    """Every answer that tells of papers, by its address."""
    CLOCK.stop(NOW)
    browser = make.browser(member)
    found = {path: read(browser, path) for path in list_paths()}
    scopes = ["read", "draft"]
    secret = make_token(
        name="Program", scopes=scopes, days=9, by=member, at=NOW - timedelta(hours=1)
    )[1]
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    found |= {path: read(program, path) for path in list_api_paths()}
    for tool, arguments in list_calls():
        call = {"name": tool, "arguments": arguments}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        CLOCK.stop(NOW)
        answer = program.post(
            "/api/mcp/", json.dumps(body), content_type="application/json",
            headers={"Accept": "application/json, text/event-stream"},
        )  # fmt: skip
        found[f"{tool} {arguments}"] = f"{answer.status_code} {answer.content.decode()}"
    return found


def list_paths() -> Iterator[str]:
    yield from PAGES
    for paper in Paper.objects.order_by("pk"):
        yield from (f"/papers/{paper.pk}/{part}" for part in OF_PAPER)
    for search in SEARCHES:
        for page in ("papers/", "papers/passages/", "search/palette/", "search/mentions/"):
            yield f"/{page}?q={search}"
        yield f"/search/completions/?hits=1&q={search}"
        yield f"/feeds/search/?q={search}"
    for name in FORMATS:
        yield f"/export/{name}/"


def list_api_paths() -> Iterator[str]:
    yield from (f"/api/v1/{path}" for path in API)
    for paper in Paper.objects.order_by("pk"):
        yield from (f"/api/v1/papers/{paper.pk}/{part}" for part in ("reviews", "comments"))
    yield from (f"/api/v1/papers?q={search}" for search in SEARCHES)


def list_calls() -> Iterator[tuple[str, dict[str, object]]]:
    for search in SEARCHES:
        yield "search_papers", {"q": search}
    for paper in Paper.objects.order_by("pk"):
        yield "get_paper_reviews", {"pk": paper.pk}


def read(client: Client, path: str) -> str:
    """Status, the headers that tell of the content, and the text without what always differs."""
    CLOCK.stop(NOW)
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    text = "\n".join(unpack(body))
    for pattern, instead in VARYING:
        text = re.sub(pattern, instead, text)
    kept = ("Content-Disposition", "Link", "X-Total-Count", "Location")
    head = [f"{name}: {answer[name]}" for name in kept if name in answer]
    return f"{answer.status_code} {head}\n{text}"


def unpack(body: bytes) -> Iterator[str]:
    """The text, or those in a folder; when its files were written is nobody's secret."""
    if not is_zipfile(BytesIO(body)):
        yield body.decode(errors="replace")
        return
    folder = ZipFile(BytesIO(body))
    for name in folder.namelist():
        if not name.startswith("docProps/"):
            yield f"{name}\n{folder.read(name).decode(errors='replace')}"


def compare(
    member: Member, without: Callable[[], object], with_it: Callable[[], object]
) -> list[str]:
    """Addresses whose answers differ between the two labs, with the place."""
    seen = []
    for change in (without, with_it):
        with transaction.atomic():
            change()
            seen.append(read_everything(member))
            transaction.set_rollback(True)
    one, other = seen
    assert one.keys() == other.keys()
    return [f"{path}: {show_difference(one[path], other[path])}" for path in one
            if one[path] != other[path]]  # fmt: skip


def show_difference(one: str, other: str) -> str:
    place = next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), 0
    )
    start = max(0, place - 60)
    return f"{one[start : place + 80]!r} / {other[start : place + 80]!r}"


def nothing() -> None:
    """The lab as it is."""


def get_claimed() -> Paper:
    return Paper.objects.get(claims__isnull=False)


def hide(content: ReviewContent, other: Member, *, has_more: bool) -> Review:
    """Two reviews of the paper that the member has claimed, which agree or are far apart."""
    paper, mia = get_claimed(), Member.objects.get(handle="mia")
    second = ReviewContent(summary="walls", verdict="adopt" if has_more else content.verdict)
    publish_review(paper=paper, by=mia, at=NOW, content=second, stamp=Stamp())
    review = publish_review(paper=paper, by=other, at=NOW, content=content, stamp=Stamp())
    if has_more:
        tried = Experiment.objects.get(review=review)
        add_comment(subject=review, body=f"{WORD} @ben", by=other, at=NOW)
        add_comment(subject=tried, body=WORD, by=other, at=NOW)
        close_experiment(experiment=tried, state="refuted", outcome=WORD, by=other, at=NOW)
    make.index()
    return review


def test_two_equal_labs_answer_alike_and_a_difference_is_seen(people: dict[str, Member]) -> None:
    ben, other = people["ben"], people["other"]
    assert compare(ben, nothing, nothing) == []

    def show() -> None:
        make.review(make.paper(f"A shown {WORD}"), other, summary=WORD)
        make.index()

    found = compare_open(ben, show)
    assert any(f"/search/completions/?hits=1&q={WORD[:9]}" in path for path in found)


def compare_open(member: Member, change: Callable[[], object]) -> list[str]:
    """As `compare`, with addresses that one lab has and the other has not."""
    before = read_everything(member)
    change()
    after = read_everything(member)
    return [path for path in after if before.get(path) != after[path]]


@pytest.mark.parametrize("reader", ["ben", "ada"])
def test_a_draft_leaves_no_trace(people: dict[str, Member], reader: str) -> None:
    is_ben = reader == "ben"
    member = people["ben"] if is_ben else make.member(reader, role=Member.Role.CURATOR)

    def draft() -> None:
        for paper in Paper.objects.filter(reviews=None)[:2]:
            save_draft(paper=paper, by=people["other"], at=NOW, content=ODD, stamp=Stamp())
        make.index()

    assert compare(member, nothing, draft) == []


def test_what_a_closed_review_says_leaves_no_trace(people: dict[str, Member]) -> None:
    """That it is there is known, and by whom; no word, no verdict, no count of what it holds."""
    ben, other = people["ben"], people["other"]
    assert (
        compare(
            ben,
            lambda: hide(PLAIN, other, has_more=False),
            lambda: hide(ODD, other, has_more=True),
        )
        == []
    )


def test_a_deleted_review_leaves_no_trace(people: dict[str, Member]) -> None:
    ben, other = people["ben"], people["other"]

    def regret(content: ReviewContent, *, has_more: bool) -> None:
        delete_review(review=hide(content, other, has_more=has_more), by=other, at=NOW)
        make.index()

    found = compare(ben, lambda: regret(PLAIN, has_more=False), lambda: regret(ODD, has_more=True))
    assert found == []


def test_what_a_deleted_comment_said_leaves_no_trace(people: dict[str, Member]) -> None:
    """Its place stays; what it said is gone, and whom it named."""
    ben, other = people["ben"], people["other"]

    def say(body: str) -> None:
        gone = add_comment(subject=get_claimed(), body=body, by=other, at=NOW)
        remove_comment(comment=gone, by=other, at=NOW)
        make.index()

    assert compare(ben, lambda: say("Hm."), lambda: say(f"{WORD} @ben\n\n- a\n- b")) == []
