"""A name as it is spoken, divided into its parts; and names that are those of groups. Pure."""

import re
from dataclasses import dataclass

from papers.text.memoizing import memoize

_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|VI{0,3})")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_GROUP = re.compile(
    r"\b(?:and|und|et|team|group|collaboration|consortium|inc|ltd|gmbh|corp|corporation|company|"
    r"labs?|laboratory|laboratories|university|institute|institut|college|school|department|"
    r"research|foundation|society|association|committee|council|agency|project|network|"
    r"initiative|community|organi[sz]ation|authors|contributors|developers|alliance|centre|"
    r"center|working|workshop|ministry|bureau|office|observatory|program|programme)\b|[&/]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Parts of a name; `last` holds the particle too ("van Beethoven")."""

    given: str
    particle: str
    family: str
    suffix: str = ""

    @property
    def last(self) -> str:
        """Particle and family name."""
        return f"{self.particle} {self.family}".strip()


@memoize(65536)
def is_group(name: str) -> bool:
    """Whether a name is that of a group, not of a person."""
    return bool(_GROUP.search(name)) or name.lower().startswith("the ")


@memoize(65536)
def split_person(name: str) -> Person:
    """ "Ludwig van Beethoven Jr." in its parts; "Lee, Ann" and "Lee, Jr., Ann" too.

    A name in Chinese, Japanese or Korean signs is not divided: nothing says where.
    """
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) > 1:
        suffix = parts[1] if len(parts) > 2 else ""
        head = split_person(f"x {parts[0]}")
        return Person(parts[-1], head.particle, head.family, suffix)
    words = name.split()
    if len(words) < 2 or _CJK.search(name):
        return Person("", "", name.strip())
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = next((n for n, word in enumerate(words) if n and word[:1].islower()), len(words) - 1)
    end = start
    while end < len(words) - 1 and words[end][:1].islower():
        end += 1
    return Person(
        " ".join(words[:start]), " ".join(words[start:end]), " ".join(words[end:]), suffix
    )
