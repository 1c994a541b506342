"""Invented labs as lists say them: topics, reading lists, reviews; the same for one seed."""

from __future__ import annotations

import random

from papers.exporting.formats.lists import (
    EntryRecord,
    ListRecord,
    MemberRecord,
    ReviewRecord,
    ShelfRecord,
    TopicRecord,
)
from papers.exporting.formats.paper_records import LinkRecord, PaperRecord

FIRST = "Sharp Flat Deep Wide Sparse Robust Causal Neural Random Linear Convex Spectral".split()  # noqa: SIM905
SECOND = "minima networks kernels priors features margins gradients samplers encoders trees".split()  # noqa: SIM905
THIRD = ["generalize better", "need fewer labels", "in high dimensions", "under distribution shift",
         "without supervision", "for graph data", "at scale", "beyond BERT & friends"]  # fmt: skip
TOPICS = ["Theory", "SGD noise", "Training: tricks & more", "Sensitivity", "Kernels", "Vision",
          "Language models", "Sharpness", "Inductive bias", "Compression"]  # fmt: skip
PEOPLE = ["Motokawa", "Takeuchi", "Ada Curator", "Ben Okafor", "Zoë Müller", "山田 太郎"]
SENTENCES = [
    "The method lowers the error on every task that the authors tried.",
    "With *larger* batches the minima become sharper, see $\\lambda_1 > 2$.",
    "Nobody compared it with a well tuned baseline.",
    "The proof needs smoothness, which real losses do not have.",
    "It is not clear that the effect survives weight decay.",
    "We could run it on our own data with ten seeds.",
]
VENUES = ["NeurIPS 2021", "ICML 2020", "", "", "ICLR 2019"]


def make_list(seed: int) -> ListRecord:
    """One lab: every paper is under a topic, on somebody's list, or both."""
    chance = random.Random(seed)
    papers = {n: _make_paper(chance, n) for n in range(1, chance.randint(4, 14))}
    topics = _make_topics(chance, list(papers))
    listed = [entry.paper for topic in topics for one, _ in topic.walk() for entry in one.entries]
    names = chance.sample(PEOPLE, chance.randint(1, 4))
    return ListRecord(
        title="Reading group",
        papers=papers,
        topics=topics,
        loose=[paper for paper in papers if paper not in listed],
        members=[_make_member(chance, name, list(papers)) for name in names],
        reviews={
            paper: [_make_review(chance, paper, names[0])]
            for paper in papers
            if chance.random() < 0.6
        },
    )


def handle_of(name: str) -> str:
    return name.lower().replace(" ", "")


def _make_paper(chance: random.Random, n: int) -> PaperRecord:
    title = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(THIRD)} {_spell(n)}"
    hosts = [f"https://arxiv.org/abs/21{chance.randint(1, 9):02}.{n:05}",
             f"https://github.com/lab/code-{n}", f"https://example.org/project/{n}",
             f"https://openreview.net/forum?id=Ab{n}cdEf"]  # fmt: skip
    urls = [hosts[0], *chance.sample(hosts[1:], chance.randint(0, 2))]
    return PaperRecord(
        key=f"k{n}", title=title, venue=chance.choice(VENUES), year=2021, id=n,
        links=tuple(LinkRecord(url) for url in urls),
    )  # fmt: skip


LETTERS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
           "lambda", "mu", "nu", "xi")  # fmt: skip


def _spell(n: int) -> str:
    return f"study {LETTERS[n - 1]}"


def _make_topics(chance: random.Random, papers: list[int]) -> list[TopicRecord]:
    names = chance.sample(TOPICS, chance.randint(1, 5))
    topics = [TopicRecord(name, "About all of this." * (chance.random() < 0.3)) for name in names]
    roots: list[TopicRecord] = []
    for number, topic in enumerate(topics):
        above = chance.choice(topics[:number]) if number and chance.random() < 0.4 else None
        (above.below if above else roots).append(topic)
    for paper in papers:
        for topic in chance.sample(topics, chance.choice([0, 1, 1, 1, min(2, len(topics))])):
            note = chance.choice(["", "", f"- {chance.choice(SENTENCES)}", "> Quoted at length."])
            topic.entries.append(EntryRecord(paper, note))
    return [root for root in roots if root.has_papers and _prune(root)]


def _prune(topic: TopicRecord) -> bool:
    """Topics without any paper are nothing to an import."""
    topic.below = [one for one in topic.below if one.has_papers and _prune(one)]
    return True


def _make_member(chance: random.Random, name: str, papers: list[int]) -> MemberRecord:
    mine = chance.sample(papers, chance.randint(1, len(papers)))
    cut = chance.randint(0, len(mine))
    shelves = (ShelfRecord("", tuple(mine[:cut])), ShelfRecord("Sharp minima", tuple(mine[cut:])))
    return MemberRecord(name, handle_of(name), tuple(one for one in shelves if one.papers))


def _make_review(chance: random.Random, paper: int, reviewer: str) -> ReviewRecord:
    texts = {
        "summary": "\n\n".join(chance.sample(SENTENCES, 2)),
        "critique": "\n".join(f"- {one}" for one in chance.sample(SENTENCES, 3)),
        "follow_up": chance.choice(["", f"- {chance.choice(SENTENCES)}"]),
        "questions": chance.choice(["", "Why does it hold at all?"]),
        "takeaway": chance.choice(["", chance.choice(SENTENCES)]),
    }
    return ReviewRecord(paper, reviewer, handle_of(reviewer), texts)
