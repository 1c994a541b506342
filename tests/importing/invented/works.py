"""Works that were made up: their words, titles, authors and venues."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

FIRST = [
    "Ann",
    "Bo",
    "Cy",
    "Dana",
    "Erik",
    "Fatima",
    "Goran",
    "Hanna",
    "Ivo",
    "Jun",
    "Katja",
    "Lars",
    "Mina",
    "Noor",
    "Otto",
    "Paula",
    "Quirin",
    "Rosa",
    "Samir",
    "Tove",
]


LAST = [
    "Arnesen",
    "Bergström",
    "Castell",
    "Dvorak",
    "Ekman",
    "Falk",
    "Garnier",
    "Holm",
    "Ibarra",
    "Jansson",
    "Keller",
    "Lindqvist",
    "Marek",
    "Novak",
    "Olsen",
    "Petrov",
]


READERS = [
    "Amara",
    "Benno",
    "Chiara",
    "Dmitri",
    "Elif",
    "Femke",
    "Gideon",
    "Hiroko",
    "Ines",
    "Jamal",
]


HEADS = [
    "Sparse",
    "Robust",
    "Scalable",
    "Implicit",
    "Causal",
    "Bayesian",
    "Contrastive",
    "Adaptive",
    "Recursive",
    "Probabilistic",
    "Latent",
    "Modular",
]


NOUNS = [
    "Embeddings",
    "Kernels",
    "Policies",
    "Graphs",
    "Representations",
    "Priors",
    "Diffusion",
    "Retrieval",
    "Segmentation",
    "Calibration",
    "Routing",
    "Memory",
]


TAILS = (
    "for Noisy Sensors", "in Large Language Models", "under Distribution Shift", "with Limited Supervision", "at Scale",
    "through Self-Play", "without Gradients", "on Resource-Constrained Devices", "from Few Examples", "via Tensor Networks",
)  # fmt: skip


OPENINGS = (
    "",
    "",
    "",
    "Towards ",
    "Rethinking ",
    "Learning ",
    "On the Limits of ",
    "What Makes ",
    "A Study of ",
)


COLON = ("", "", "", "OmniNet: ", "FastFlow: ", "Beyond Accuracy: ", "T-Rex: ")


VENUES = ["NeurIPS", "ICML", "ICLR", "CVPR", "ACL", "EMNLP", "KDD", "AAAI", "SIGIR", "OSDI"]


JOURNALS = (
    "Journal of Invented Results",
    "Transactions on Imaginary Systems",
    "Annals of Possible Worlds",
)


TOPICS = (
    "Language Models", "Computer Vision", "Reinforcement Learning", "Optimization", "Graph Learning", "Robotics",
    "Privacy", "Speech", "Systems", "Theory of Generalization", "Recommender Systems", "Medical Imaging",
)  # fmt: skip


NOTES = (
    "The idea is neat, but the evaluation is limited to small data.", "They show that the bound is loose in practice.",
    "This paper proposes a simple baseline that works well.", "We should try this on our own sensors next month.",
)  # fmt: skip


@dataclass
class Paper:
    """A made-up work."""

    title: str
    authors: list[str]
    year: int
    venue: str
    url: str
    arxiv: str
    reader: str
    note: str
    topic: list[str] = field(default_factory=list)
    line: int = 0

    @property
    def people(self) -> str:
        """The authors as running text."""
        *others, last = self.authors
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def tag(self) -> str:
        """Venue with year."""
        return f"{self.venue} {self.year}"


def make_paper(chance: random.Random, number: int) -> Paper:
    """One work that nobody wrote; the number keeps titles apart."""
    title = f"{chance.choice(OPENINGS)}{chance.choice(COLON)}{chance.choice(HEADS)} {chance.choice(NOUNS)} {chance.choice(TAILS)}"
    if number % 3 == 0:
        title = f"{chance.choice(HEADS)} {chance.choice(NOUNS)} and {chance.choice(HEADS)} {chance.choice(NOUNS)} {chance.choice(TAILS)}"
    authors = [
        f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(chance.randrange(2, 5))
    ]
    year = chance.randrange(2012, 2024)
    arxiv = f"{year % 100:02d}{chance.randrange(1, 13):02d}.{10000 + number * 7 % 80000:05d}"
    url = chance.choice((f"https://arxiv.org/abs/{arxiv}", f"https://arxiv.org/pdf/{arxiv}.pdf"))
    return Paper(
        title, list(dict.fromkeys(authors)), year, chance.choice(VENUES), url, arxiv,
        chance.choice(READERS), chance.choice(NOTES),
    )  # fmt: skip


def make_papers(chance: random.Random, count: int) -> list[Paper]:
    papers, seen = [], set()
    while len(papers) < count:
        paper = make_paper(chance, chance.randrange(10_000))
        if paper.title not in seen:
            seen.add(paper.title)
            papers.append(paper)
    return papers
