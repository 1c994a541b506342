"""Invented papers with everything that makes bibliographies hard; the same for one seed."""

from __future__ import annotations

import random
from datetime import date

from papers.exporting.formats.paper_records import LinkRecord, PaperRecord

GIVEN = ["Ann", "Bo", "José María", "Zoë", "Łukasz", "Søren", "Đorđe", "J. R.", "Anna-Lena", "Özge"]
FAMILY = ["Lee", "Müller", "van Beethoven", "de la Cruz", "von der Leyen", "Núñez", "O'Brien",
          "Erdős", "Šimić", "Sørensen", "d'Alembert", "Smith-Jones", "Øster"]  # fmt: skip
SUFFIXES = ["", "", "", "", " Jr.", " Sr.", " III", " IV"]
GROUPS = ["Google Research", "The ATLAS Collaboration", "Research and Co", "AT&T Labs", "OpenAI",
          "Gemini Team", "山田 太郎", "王小明", "김철수"]  # fmt: skip
WORDS = ["deep", "Networks", "of", "BERT", "ImageNet", "3D", "Bayesian", "gradient", "$L_2$",
         "$\\alpha^{2}$", "50%", "R&D", "C#", "a_b", "{set}", "naïve", "Größe", "量子もつれ",
         "поиск", "x~y", "p^q", "in--between", "cost\\benefit", "“quoted”", "it's", "$5", "O(n)",
         "sigma-algebra", "what?", "learning:", "GANs"]  # fmt: skip
VENUES = ["NeurIPS 2021", "Nature", "Proceedings of the Conference on Things & Others", "arXiv", "",
          "Journal of {Odd} Results", "ICML", "Zeitschrift für Physik"]  # fmt: skip
HOSTS = [
    "https://example.org/p/{}",
    "https://github.com/lab/code-{}",
    "https://a.example/x_{}?q=1&r=50%25#s",
]


def make_records(number: int, seed: int = 14) -> list[PaperRecord]:
    """So many papers, each with its own title and identifiers."""
    chance = random.Random(seed)
    return [_make_record(chance, n) for n in range(number)]


def _make_record(chance: random.Random, n: int) -> PaperRecord:
    title = " ".join([f"Study {n}", *chance.choices(WORDS, k=chance.randint(2, 9)), "ends"])
    year = chance.choice([None, *range(1990, 2026)])
    on = date(year, chance.randint(1, 12), chance.randint(1, 28)) if year and n % 2 else None
    identifiers = []
    if n % 3 == 0:
        identifiers.append(("arxiv", f"21{chance.randint(1, 9):02}.{n:05}"))
    if n % 4 == 0:
        identifiers.append(("doi", f"10.1000/a_b({n})"))
    if n % 7 == 0:
        identifiers.append(("openreview", f"Ab-{n}_x"))
    links = [host.format(n) for host in chance.sample(HOSTS, chance.randint(0, 3))]
    kinds = {"github": "code"}
    return PaperRecord(
        key=f"key{n}",
        title=title,
        authors=_make_authors(chance),
        venue=chance.choice(VENUES),
        year=year,
        published_on=on,
        abstract="\n\n".join(" ".join(chance.choices(WORDS, k=12)) for _ in range(n % 3)),
        note=f"Read {n} & think of 5% {{more}}" if n % 5 == 0 else "",
        group="Okafor's group" if n % 6 == 0 else "",
        identifiers=tuple(identifiers),
        links=tuple(
            LinkRecord(url, kinds.get("github" if "github" in url else "", "paper"))
            for url in links
        ),
    )


def _make_authors(chance: random.Random) -> tuple[str, ...]:
    names = []
    for _ in range(chance.choice([0, 1, 2, 3, 8])):
        if chance.random() < 0.2:
            names.append(chance.choice(GROUPS))
        else:
            names.append(f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}{chance.choice(SUFFIXES)}")
    return tuple(dict.fromkeys(names))
