"""Persons as authors are listed: "Ann Lee and Bo Ek", "Lee, A., & Ek, B.", "Lee A, Ek B", "Ann Lee
et al.".
"""

import re

from papers.text.venues import SHORT_FORMS, known_venue

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я"
_PARTICLE = r"(?:van|von|de|der|den|di|da|dos|du|del|la|le|el|al|bin|ben|ter|ten|zu|af|av)"
_LEADING = rf"(?:{_PARTICLE}|(?:V[ao]n|D[eiau]|Der|Dos|Del|La|Le|Ter|Ten|Zu))"
_WORD = rf"(?:[{_UPPER}][\w'’´`.\-‐]*|[dDlL]['’][{_UPPER}][\w.]*)"
_PERSON = re.compile(
    rf"(?:{_WORD}|{_PARTICLE}\b)(?:\s+(?:{_WORD}|{_PARTICLE}\b|[IVX]+|Jr\.?|Sr\.?)){{0,5}}"
)
_INITIALS = re.compile(rf"(?:(?:[dDlL]['’])?[{_UPPER}]\.?[\s\-]?){{1,4}}(?:Jr\.?)?")
_INVERTED = re.compile(rf"{_WORD}(?:\s+{_WORD})?\s+[{_UPPER}]{{1,3}}$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPACED_NAME = re.compile(r"[\u4e00-\u9fff々]{1,4}[ \u3000][\u3041-\u30ff\u4e00-\u9fff々]{1,4}")
""" "髙橋 ひとみ": family name and first name, whatever the syllables of this say by themselves."""
ET_AL = re.compile(
    r"[,\s]*\b(?:[ea]t\.?\s*al\b[.,]?|and\s+(?:\d+\s+)?others\b|und andere\b|u\. ?a\.|"
    r"외\b)|(?<=[\u3040-\u9fff])(?:等人?|他|ら)$|"
    r"\betc\.?$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:by|authors?|from|von|par|de|por)\s*:?\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]|[¹²³⁰-⁹†‡§¶‖*∗★]+")
_SPLIT = re.compile(
    r",|;|、|，|；|·|\band\b|\bund\b|\bet\b(?!\.?\s*al)|(?-i:\s(?:y|e|och|og|en)\s)|&|\s/\s|\n",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s*(?:&|\b(?:and|und|et|y|e|och|og|en)\b)\s+(?=[^\W\d_])")
_NO_NAME = frozenset(
    """the a an of in on for and or to with by from at as is are via using towards toward beyond
    how what why when learning deep neural network networks model models method methods analysis
    survey review system systems data based large language training theory paper attention
    transformer transformers conference journal proceedings university vision robust efficient
    towards introduction tutorial workshop lecture chapter section figure table part supervised
    unsupervised reinforcement generative adversarial optimization generalization""".split()  # noqa: SIM905
)
_SHORTENED = re.compile(
    rf"\b(?:{'|'.join(word for word in SHORT_FORMS if len(word) > 2 and word != 'Ann')})(?:\.|$)"
)
""" "Phys. Rev. Lett." is no person."""
_NOUN = re.compile(r"\w{3}(?:tions?|ments?|ness|ities|izers?|ology|ithms?|works?)$", re.IGNORECASE)
MOST = 400
"""Persons of one paper at most."""


def split_names(text: str) -> tuple[str, ...]:
    """The persons of a list of authors as they are spoken, empty if the text is no such list."""
    text = _LEAD.sub("", text.strip(" .,;:-–—*_\t"))
    if not text or len(text) > 6_000:
        return ()
    bare = _BRACKETS.sub("", text)
    al = ET_AL.search(bare)
    ends_open = al is not None
    if al and len(re.findall(r"[^\W\d_]{2,}", bare[al.end() :])) > 0:
        return ()  # Behind "et al." stands something else: "Lee et al., Nature".
    bare = ET_AL.sub("", bare).strip(" ,.;")
    parts = [part.strip(" .*†‡") for part in _SPLIT.split(_turned(bare))]
    comma = bare.find(",")
    names = _joined([part for part in parts if part], may_invert=0 < comma <= len(parts[0]) + 3)
    doubtful = [name for name in names if not is_person(name)]
    if not any(len(name.strip(". ")) > 1 for name in names):
        return ()  # "M & T" are no names.
    if doubtful and not _may_be_given(doubtful, names):
        return ()
    if len(names) == 1 and not ends_open and not 2 <= len(names[0].split()) <= 4:
        return ()
    if not ends_open and len(names) == 1 and _CJK.search(names[0]):
        return ()
    return tuple(dict.fromkeys(names))[:MOST]


def _may_be_given(doubtful: list[str], names: list[str]) -> bool:
    """Among several sure names, "Or Patashnik" and "An Lee" are names too."""
    return len(names) - len(doubtful) >= 2 and all(
        re.fullmatch(rf"[{_UPPER}][a-z] [{_UPPER}][\w'’-]+", name) for name in doubtful
    )


def _turned(text: str) -> str:
    """ "Lee, Ann; Ek, Bo" as "Ann Lee; Bo Ek": semicolons between names, a comma within each."""
    parts = text.split(";")
    if len(parts) < 2 and ";" not in text:
        return _paired(text)
    turned = [part.split(",") for part in parts if part.strip()]
    if not all(len(one) == 2 and one[0].strip() and one[1].strip() for one in turned):
        return text
    return "; ".join(f"{given.strip()} {family.strip()}" for family, given in turned)


def _paired(text: str) -> str:
    """ "Lee, Ann, Ek, Bo & Sato, Cy" as "Ann Lee; Bo Ek; Cy Sato": where the last name has a comma
    within it, each has.
    """
    if "," not in text:
        return text
    groups = [[part.strip() for part in one.split(",") if part.strip()] for one in _AND.split(text)]
    if len(groups) < 2 or len(groups[-1]) != 2 or any(len(group) % 2 for group in groups):
        return text
    pairs = [(group[n], group[n + 1]) for group in groups for n in range(0, len(group), 2)]
    if any(_INITIALS.fullmatch(given) for _family, given in pairs):
        return text  # initials tell themselves which family name they belong to
    if not all(_is_family(family) and len(given.split()) <= 3 for family, given in pairs):
        return text
    return "; ".join(f"{given} {family}" for family, given in pairs)


def _is_family(text: str) -> bool:
    """A family name by itself: "Ben Lee" and "Al Ek" are whole names, "Van Berg" and "de Groot"
    begin with particles.
    """
    return len(text.split()) == 1 or re.match(rf"{_LEADING}\s", text) is not None


def _is_venue(text: str) -> bool:
    """The short name of a venue, written as one: "ICML", not "Tog"."""
    return known_venue(text) and sum(char.isupper() for char in text) > 1


_MARKED = re.compile(r"\.|^\w(?:-\w)+$")
"""What tells initials from shouted words: "J.C.", "C-Y"."""


def is_person(name: str) -> bool:
    """Whether a text may be one person's name."""
    if _CJK.match(name):
        is_short = len(name) <= 10 and not re.search(r"[のをはがでにと的了是和与를을은는]", name)
        return is_short or _SPACED_NAME.fullmatch(name) is not None
    if not _PERSON.fullmatch(name) or _is_venue(name):
        return False
    words = name.split()
    if any(len(word) > 5 and word.find(".") == len(word) - 1 for word in words[:-1]):
        return False  # A full stop behind a whole word ends a list of names.
    shouts = any(len(word) > 2 and word.isupper() and not _MARKED.search(word) for word in words)
    if (
        _SHORTENED.search(name)
        or any(_NOUN.search(word) for word in words)
        or (shouts and not name.isupper())
    ):
        return False
    return not any(word.casefold() in _NO_NAME for word in words if len(word) > 1) and not (
        len(words) > 1 and name.isupper() and len(name) > 24
    )


def short_cjk_name(text: str) -> str:
    """One name in Chinese or Japanese signs: family name and first name, or two to four signs; ""
    if the text is none.
    """
    name = text.strip().removesuffix("他")
    return name if re.fullmatch(rf"{_SPACED_NAME.pattern}|[\u4e00-\u9fff]{{2,4}}", name) else ""


def _joined(parts: list[str], *, may_invert: bool) -> list[str]:
    """ "Lee", "A." is one person, and so is the first "Lee, Ann" of a bibliography."""
    names: list[str] = []
    for part in parts:
        if (
            names
            and _INITIALS.fullmatch(part)
            and not _is_venue(part)
            and len(names[-1].split()) <= 2
            and not _INITIALS.fullmatch(names[-1])
        ):
            names[-1] = f"{part} {names[-1]}"
        else:
            names.append(part)
    if may_invert and len(names) >= 2 and _is_inverted(names):
        names[:2] = [f"{names[1]} {names[0]}"]
    return names


def _is_inverted(names: list[str]) -> bool:
    """ "Farhat, Omar, Ann Lee": a family name by itself, a first name, and then whole names or
    nobody.
    """
    first, second, *rest = names
    return (
        _is_family(first) and 1 <= len(second.split()) <= 3 and not _CJK.search(first)
        and (all(len(name.split()) > 1 for name in rest) if rest else len(second.split()) < 3)
        and not (
            not rest and len(second.split()) == 2
            and not second.endswith(".") and not re.search(r"\b[A-Z]$", second)
        )
    )  # fmt: skip
