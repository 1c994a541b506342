"""Content as real labs write it: long, wide, in many scripts; for the sweeps of the browser."""

from __future__ import annotations

from datetime import time, timedelta
from io import StringIO

from django.core.management import call_command

from papers.meetings.agenda.actions.items import ItemFacts, add_item
from papers.meetings.series.actions.planning import MeetingFacts, plan_meeting
from papers.models import Comment, Experiment, Identifier, Lab, Link, Meeting, Member, Paper, Topic
from tests import make
from tests.clock import NOW

WORD = "Unbroken" * 15
"""One word of 120 letters."""
TITLE = " ".join(["A long account of what happens to gradients in deep networks"] * 6)[:300]
VENUE = (
    "Proceedings of the 2021 IEEE/CVF International Conference on Computer Vision and Pattern "
    "Recognition Workshops, Track on Efficient and Robust Learning"
)
AUTHORS = [f"Maximiliana-Josephine van der Oudenhoven-{number}" for number in range(1, 41)]
FORMULA = "$$" + " + ".join(rf"\frac{{\partial L}}{{\partial w_{{{n}}}}}" for n in range(40)) + "$$"
CODE = "```\n" + "x = " + "function_of_everything(" * 12 + ")" * 12 + "\n```"
TABLE = "\n".join(
    [
        "|" + "|".join(f" Measure {n} " for n in range(12)) + "|",
        "|" + "|".join(["---", ":-:", "--:"] * 4) + "|",
        *("|" + "|".join([f" 0.123{n} " for n in range(12)]) + "|" for _ in range(3)),
    ]
)
TASKS = "- [ ] to do\n- [x] done"
TEXT = "\n\n".join([f"It works & it <scales>. {WORD}", FORMULA, CODE, TABLE, TASKS])
CLOSED = {"confirmed", "refuted", "inconclusive", "dropped"}
TITLES = [
    TITLE,
    WORD,
    "大規模言語モデルにおける勾配の振る舞いについて、その理論と実験" * 4,
    "تعلم الشبكات العصبية العميقة من أمثلة قليلة",
    "למידה עמוקה 101: a mixed title",
    "🚀 Fast & furious: <b>tags</b> &amp; entities 🧪👩🏽‍🔬",
    r"Sparse recovery by $\ell_1$ in $O(\log n)$",
    "X",
]


def fill_lab() -> None:
    """A lab of 60 members with every kind of row, long and short; `ada`, `ben`, `rea` sign in."""
    lab = make.lab(name="The Laboratory for Trustworthy and Efficient Machine Learning Systems")
    ada = make.member("ada", name="Ada Curator", role=Member.Role.CURATOR, bio=TEXT)
    ben = make.member("ben", name="Ben " + WORD)
    make.member("rea", name="Rea Reader", role=Member.Role.READER)
    waiting = [make.member(f"p{n}", name=f"Placeholder {n}", state="placeholder") for n in range(3)]
    others = [make.member(f"m{n}", name=f"Member Number {n}") for n in range(54)]
    topics = _make_topics()
    papers = _make_papers(topics, ada)
    for position, paper in enumerate(papers[:3]):
        make.claim(paper, waiting[0], due_on=None, position=position)
        make.claim(paper, ada, due_on=None, position=position)
    make.claim(papers[3], ada)
    make.claim(papers[4], ben)
    for member in (ada, ben, *others[:5]):
        make.review(
            papers[0], member, takeaway=f"{TITLE[:200]} {WORD}", **_texts(), verdict="adopt"
        )
    make.review(papers[1], ben, takeaway="Short.", **_texts(), verdict="skip", depth="read")
    _make_experiments(papers[0], ada, ben)
    Comment.objects.create(paper=papers[0], author=ben, body=TEXT, created_at=NOW)
    _make_meetings(papers, ada, ben)
    assert isinstance(lab, Lab)
    call_command("render_markdown", stdout=StringIO())
    make.index()


def list_papers() -> list[Paper]:
    """The papers of `TITLES`, in their order."""
    return list(Paper.objects.filter(title__in=TITLES).order_by("pk"))


def _texts() -> dict[str, str]:
    return dict.fromkeys(("summary", "critique", "follow_up", "questions"), TEXT)


def _make_topics() -> list[Topic]:
    parent = make.topic("Understanding of optimization " + WORD[:60], description=TEXT)
    child = make.topic("Generalization", parent=parent)
    return [child, parent, *(make.topic(f"Topic of some length, number {n}") for n in range(20))]


def _make_papers(topics: list[Topic], by: Member) -> list[Paper]:
    papers = []
    for number, title in enumerate(TITLES):
        authors = (AUTHORS, [WORD], ["李 伟"], [])[number % 4]
        venue = (VENUE, WORD, "ICML", "")[number % 4]
        paper = make.paper(
            title,
            authors=authors,
            venue=venue,
            year=2021,
            abstract=TEXT,
            topics=topics[:2],
            added_by=by,
            note=WORD,
        )
        papers.append(paper)
    value = "10.1000/" + WORD
    Identifier.objects.create(paper=papers[0], kind=Identifier.Kind.DOI, value=value)
    Link.objects.create(paper=papers[0], url=f"https://example.org/{WORD}", label=WORD)
    papers += [make.paper(f"Filler {n}", topics=topics[2:3], venue=VENUE) for n in range(60)]
    return papers


def _make_experiments(paper: Paper, ada: Member, ben: Member) -> None:
    for state in Experiment.State.values:
        for owner, title in ((ada, TITLE), (ben, WORD)):
            make.experiment(
                title,
                paper=paper,
                owner=owner,
                state=state,
                hypothesis=TEXT,
                plan=TEXT,
                outcome=TEXT,
                cost=WORD,
                closed_at=NOW if state in CLOSED else None,
            )


def _make_meetings(papers: list[Paper], ada: Member, ben: Member) -> None:
    for days in (1, 8):
        day = NOW.date() + timedelta(days=days)
        facts = MeetingFacts(day=day, time=time(15), lead=ada, place=VENUE)
        plan_meeting(facts=facts, by=ada, at=NOW)
        meeting = Meeting.objects.get(day=day)
        for paper in papers[:4]:
            add_item(
                meeting=meeting,
                facts=ItemFacts(paper=paper, minutes=10, presenter=ben),
                by=ada,
                at=NOW,
            )
