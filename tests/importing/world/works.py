"""Works that nobody wrote: titles, persons, venues and remarks as uneven as real ones."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_ACRONYMS = (
    "PRISM", "NeuroSketch", "T5-Lite", "DeLTA", "FlowFormer++", "GraphWeaver", "MiniVoxel", "SAGA", "HyperTab", "Owl-2",
    "RoboCLIP", "3D-Patchwork", "LoRAX", "Kite", "UniSeg", "DINOlite", "BLOOMlet", "WaveMix", "ToolBench", "k-NN-LM",
)  # fmt: skip
_MODIFIERS = (
    "self-supervised", "low-rank", "end-to-end", "federated", "equivariant", "sample-efficient", "open-vocabulary",
    "long-context", "uncertainty-aware", "privacy-preserving", "few-shot", "hierarchical", "energy-based", "multi-agent",
    "zero-shot", "sparse", "non-convex", "differentiable", "temporal", "continual",
)  # fmt: skip
_THINGS = (
    "neural operators", "point clouds", "knowledge graphs", "protein structures", "code generation", "object detectors",
    "recommender systems", "time series", "medical images", "speech recognition", "visual question answering",
    "language agents", "traffic forecasting", "molecular dynamics", "scene flow", "program synthesis", "tabular data",
    "robot manipulation", "query optimizers", "attention heads", "climate simulations", "distributed training",
)  # fmt: skip
_ACTS = (
    "Learning", "Pruning", "Understanding", "Benchmarking", "Distilling", "Rethinking", "Scaling", "Denoising", "Probing",
    "Accelerating", "Aligning", "Unlearning",
)  # fmt: skip
_PATTERNS = (
    "{acronym}: {Modifier} {Things} with {Modifier2} {Things2}",
    "{Act} {Modifier} {Things}",
    "{Act} {things} from {modifier2} {things2}",
    "Is {modifier} pre-training all you need for {things}?",
    "On the {modifier} geometry of {things}",
    "Why do {things} fail under {modifier} shifts? An empirical study",
    "{acronym}: a {modifier} benchmark for {things}",
    "{Things} Meet {Things2}: A {Modifier} Perspective",
    "Towards {Modifier} {Things} via {Modifier2} Search",
    "What {Things} Can (and Cannot) Learn from {Things2}",
    "Provably {modifier} algorithms for $\\ell_1$-regularized {things}",
    "{Modifier} Transformers for {Things}",
    "A Survey of {Modifier} {Things} in the Wild",
    "Don't Forget the {Things}: {Act} {Modifier} Models",
    "{Act} to {verb}: {Modifier} {Things} Without Labels",
    "{Things} as {Things2}",
    "An {O}(n log n) method for {modifier} {things}",
    "{acronym} v2: {Act} {Things} at 1/10th the Cost",
)
_VERBS = ("Look Twice", "Plan", "Forget", "Route", "Ask", "Sketch")
_FIRST = (
    "Łukasz", "María-José", "Xiaoming", "Priya", "Jean-Pierre", "Oluwaseun", "Hannah", "Tomás", "Yuki", "Sofía", "Ahmed",
    "Ingrid", "Kwame", "Noor", "Dmitry", "Chen", "Eun-ji", "Rafael", "Aoife", "Stefan", "Leila", "Björn", "Mei",
)  # fmt: skip
_LAST = (
    "Wójcik", "Ortiz", "Li", "Raghunathan", "Dubois", "Adeyemi", "O'Brien", "Novák", "Tanaka", "Fernández", "El-Sayed",
    "van der Berg", "Mensah", "Haddad", "Sokolov", "Zhang", "Park", "da Silva", "Murphy", "Müller", "Hosseini", "Lindström",
)  # fmt: skip
_VENUES = (
    "NeurIPS", "ICML", "ICLR", "CVPR", "ECCV", "ACL", "EMNLP", "NAACL", "AAAI", "KDD", "SIGMOD", "OSDI", "CoRL", "ICRA",
    "WWW", "SIGGRAPH", "MICCAI", "INTERSPEECH", "UAI", "AISTATS",
)  # fmt: skip
_JOURNALS = (
    "Nature Machine Intelligence", "Transactions on Machine Learning Research", "Journal of Machine Learning Research",
    "IEEE Transactions on Robotics", "Bioinformatics", "Pattern Recognition Letters", "Physical Review E",
    "Medical Image Analysis", "Proceedings of the VLDB Endowment",
)  # fmt: skip
_REMARKS = (
    "Nice idea, but the baselines are weak and the ablation is missing.",
    "They train two encoders jointly and show that the second one is hardly needed.",
    "I would like to try this on our own recordings before the summer.",
    "The theory section is hard to follow; the experiments are convincing though.",
    "Main takeaway: data quality matters more than model size in this setting.",
    "The authors claim linear time, which only holds for bounded degree graphs.",
    "Does the result still hold when the labels are noisy?",
    "Good introduction to the field, and the appendix is worth reading.",
)
NAMES = (
    "Alina", "Bastian", "Chiara", "Devon", "Emeka", "Farah", "Giulia", "Henrik", "Isla", "Joaquin", "Keiko", "Lukas",
    "Mireille", "Nadia", "Oskar", "Pavel",
)  # fmt: skip
TOPICS = (
    "Foundation Models", "3D Vision", "Graph Neural Networks", "Efficient Inference", "Fairness and Bias", "Speech & Audio",
    "Offline RL", "Causal Discovery", "Databases", "Program Analysis", "Question Answering", "Optimal Transport",
    "Human-Robot Interaction", "Neural Rendering", "Tokenization", "Time Series Forecasting",
)  # fmt: skip


@dataclass
class Work:
    """One invented work; `number` keeps addresses apart."""

    number: int
    title: str
    authors: list[str]
    year: int
    venue: str
    journal: str
    arxiv: str
    url: str
    remark: str
    reader: str
    code: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """Venue with its year."""
        return f"{self.venue} {self.year}"

    @property
    def short_tag(self) -> str:
        """Venue with two digits of its year."""
        return f"{self.venue}'{self.year % 100:02d}"

    @property
    def people(self) -> str:
        """The authors, with commas."""
        return ", ".join(self.authors)

    @property
    def et_al(self) -> str:
        """The first author's family name and the others."""
        return f"{family(self.authors[0])} et al."

    @property
    def initials(self) -> str:
        """The authors with initials: "Ł. Wójcik, and C. Li"."""
        names = [f"{name[0]}. {family(name)}" for name in self.authors]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, and {names[-1]}"

    @property
    def inverted(self) -> str:
        """The authors as APA has them."""
        names = [f"{family(name)}, {name[0]}." for name in self.authors]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"


def family(name: str) -> str:
    """All but the first name."""
    return name.split(" ", 1)[1]


def make_works(chance: random.Random, count: int) -> list[Work]:
    """Works with titles that differ."""
    works: list[Work] = []
    seen: set[str] = set()
    while len(works) < count:
        work = _make_work(chance, len(works) + 1)
        if work.title.casefold() not in seen:
            seen.add(work.title.casefold())
            works.append(work)
    return works


def _make_work(chance: random.Random, number: int) -> Work:
    one, two = chance.sample(_MODIFIERS, 2)
    things, others = chance.sample(_THINGS, 2)
    title = chance.choice(_PATTERNS).format(
        acronym=chance.choice(_ACRONYMS), modifier=one, modifier2=two, things=things, things2=others, O="O",
        Modifier=one.title(), Modifier2=two.title(), Things=things.title(), Things2=others.title(),
        Act=chance.choice(_ACTS), verb=chance.choice(_VERBS),
    )  # fmt: skip
    count = chance.randrange(1, 5)
    authors = [
        f"{first} {last}"
        for first, last in zip(
            chance.sample(_FIRST, count), chance.sample(_LAST, count), strict=True
        )
    ]
    year = chance.randrange(2009, 2025)
    venue = chance.choice(_VENUES)
    serial = f"{chance.randrange(100, 9000):0{5 if year > 2014 else 4}d}"
    arxiv = f"{year % 100:02d}{chance.randrange(1, 13):02d}.{serial}"
    slug = "".join(char for char in title.lower() if char.isalnum())[:12]
    url = chance.choice((
        f"https://arxiv.org/abs/{arxiv}", f"https://arxiv.org/abs/{arxiv}v2", f"https://arxiv.org/pdf/{arxiv}",
        f"http://arxiv.org/pdf/{arxiv}.pdf", f"https://openreview.net/forum?id={slug[:6].title()}{number}x",
        f"https://aclanthology.org/{year}.acl-long.{number}/", f"https://doi.org/10.1145/{3000000 + number * 91}.{number * 7}",
        f"https://proceedings.mlr.press/v{90 + number}/{slug[:7]}{year % 100:02d}a.html", f"https://dl.acm.org/doi/10.1145/{slug[:4]}.{number}77",
        f"https://www.cs.example.edu/~{slug[:5]}/papers/{slug}.pdf", f"https://ieeexplore.ieee.org/document/{9000000 + number * 13}",
        f"https://openaccess.thecvf.com/content/CVPR{year}/papers/{family(authors[0]).replace(' ', '_')}_{slug.title()}_CVPR_{year}_paper.pdf",
        f"https://papers.nips.cc/paper/{year}/hash/{number:04d}{slug}-Abstract.html",
    ))  # fmt: skip
    return Work(
        number, title, authors, year, venue, chance.choice(_JOURNALS), arxiv if "arxiv" in url else "", url,
        chance.choice(_REMARKS), chance.choice(NAMES), f"https://github.com/{slug[:5]}-lab/{slug}",
    )  # fmt: skip
