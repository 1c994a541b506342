"""Text as BibTeX files write it, with TeX's accents and marks, as plain Unicode. Pure.

Formulas stay as they are, and so does a command that is not known: better seen than lost.
"""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "c": "\u0327",
    "k": "\u0328", "d": "\u0323", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "i": "ı", "j": "ȷ", "S": "§", "P": "¶", "copyright": "©", "pounds": "£",
    "dots": "…", "ldots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textasciitilde": "~", "textasciicircum": "^",
    "textasciigrave": "`", "textquotesingle": "'", "textbackslash": "\\", "textbraceleft": "{",
    "textbraceright": "}", "textunderscore": "_", "textless": "<", "textgreater": ">",
    "textbar": "|", "textdollar": "$", "textdegree": "°", "textregistered": "®",
    "texttrademark": "™", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
}  # fmt: skip
_DRESS = (
    "emph|text(?:it|bf|sc|tt|rm|sf|sl|md|up|normal|superscript|subscript)?|mbox|hbox|url|path|"
    "uppercase|lowercase|MakeUppercase|MakeLowercase|NoCaseChange|enquote|ensuremath"
)
# One pass; what a mark is put on may itself be a letter's command: \'{\i}.
_TEX = re.compile(
    r"\\(?P<outer>[`'^~\"=.uvd])\s*\{\s*\\(?P<inner>[`'^~\"=.uv])\s*"
    r"(?:\{(?P<both1>[^\W\d_])\}|(?P<both2>[^\W\d_]))\s*\}"
    r"|(?P<math>\$(?:\\.|[^$\\])*+\$)"
    r"|\\(?P<sign>[`'^~\"=.])\s*(?:\{\s*(?P<on1>\\?[^\W\d_])\s*\}|\\(?P<on5>[ij])(?![A-Za-z])[ ]?"
    r"|(?P<on2>[^\W\d_]))"
    r"|\\(?P<name>[uvHrckdbt])(?:\s*\{\s*(?P<on3>\\?[^\W\d_]{1,2})\s*\}|\s+(?P<on4>\\?[^\W\d_]))"
    rf"|\\(?P<letter>{'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])"
    r"(?:\s*\{\}|[ \t]*\n?(?=[^\W\d_])|)"
    rf"|\\(?:{_DRESS})\s*(?=\{{)|\\(?:it|bf|em|sc|tt|rm|sf|sl|small|large|tiny)(?![A-Za-z])\s*"
    r"|\\(?P<escaped>[&%$#_{}])|\\[-/,;:! \\]|(?P<quote>``|'')|(?P<dash>-{2,3})"
    r"|(?P<unknown>\\[A-Za-z]+(?:\{[^{}]*+\})*)|(?P<blank>~)|[{}]"
)
_SIGNS = {"``": "“", "''": "”", "--": "–", "---": "—"}
_SPECIAL = re.compile(r"[\\{}~$\n\t]|--|``|''|  ")


def read_tex(text: str) -> str:
    """The text that TeX would set: accents on their letters, no braces, blanks joined."""
    if not _SPECIAL.search(text):
        return text.strip()
    plain = unicodedata.normalize("NFC", _TEX.sub(_set, text))
    return " ".join(plain.split())


def _set(found: re.Match[str]) -> str:
    part = found.groupdict()
    mark = part["sign"] or part["name"]
    if part["math"] or part["unknown"]:
        return found[0]
    if part["outer"]:
        marks = _ACCENTS[part["inner"]] + _ACCENTS[part["outer"]]
        return _put_on(part["both1"] or part["both2"], marks)
    if mark:
        on = next(on for n in "12345" if (on := part[f"on{n}"]))
        return _put_on(on.removeprefix("\\"), _ACCENTS[mark])
    if part["letter"]:
        return _LETTERS[part["letter"]]
    sign = part["quote"] or part["dash"]
    if sign:
        return _SIGNS[sign]
    return part["escaped"] or (" " if part["blank"] or found[0] in ("\\ ", "\\\\") else "")


def _put_on(letters: str, accent: str) -> str:
    """The accent on the first letter, or between two that it joins."""
    return letters[:1] + accent + letters[1:]
