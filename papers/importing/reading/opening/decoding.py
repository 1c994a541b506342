"""From the bytes of a file to its text: encodings, byte-order marks, line ends, double encoding."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.importing.reading.bibliographies.bibtex_records import is_bibtex
from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.opening.at_sight import (
    LARGEST_LIST,
    is_archive,
    refuse_at_sight,
    say_kind,
    say_too_large,
)

MOST_LINES = 60_000
"""Lines of a list at most."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# A lead byte of a two- or three-byte sequence read as Latin-1 or Windows-1252, and its successor.
_TWICE = re.compile(r"[ÂÃâåäæçèéêëìíîïðÐÅ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text with "\\n" line ends, what was repaired, or the one problem that stopped it."""

    text: str = ""
    repairs: tuple[str, ...] = ()
    problem: Problem | None = None


def decode(data: bytes) -> Decoded:
    """The text of a document, or a sentence that says why there is none. Never raises."""
    problem = refuse_at_sight(data)
    if problem is None and is_archive(data):
        problem = say_kind(data)
    if problem is not None:
        return Decoded(problem=problem)
    text, encoding = _read(data)
    if text is None:
        return _stop(
            _("We couldn't recognize the text encoding. Save the list as UTF-8 and try again.")
        )
    return _tidy(text, encoding, len(data))


def _stop(message: str) -> Decoded:
    return Decoded(problem=Problem(0, message))


def _read(data: bytes) -> tuple[str | None, str]:
    """The text and the name of an encoding worth telling, "" for plain UTF-8."""
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), "" if name == "UTF-8" else name
            except UnicodeDecodeError:
                return None, ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _read_legacy(data)
    if "\x00" in text:
        return _read_wide(data)
    return (None, "") if _is_noise(text) else (text, "")


def _read_wide(data: bytes) -> tuple[str | None, str]:
    """UTF-16 without a mark shows as text with every second byte zero."""
    zeros_first, zeros_second = data[::2].count(0), data[1::2].count(0)
    if max(zeros_first, zeros_second) < 0.3 * (len(data) / 2):
        return None, ""
    codec = "utf-16-be" if zeros_first > zeros_second else "utf-16-le"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None, ""
    return (None, "") if _is_noise(text) else (text, "UTF-16")


def _read_legacy(data: bytes) -> tuple[str | None, str]:
    """An older encoding, guessed from a sample; a few broken bytes in UTF-8 are not another one."""
    repaired = data.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    if broken and broken < 1 + len(repaired) // 2000 and not _is_noise(repaired):
        return repaired, "UTF-8 with broken characters"
    if data.count(0) > len(data) * 0.3:
        return _read_wide(data)
    from charset_normalizer import from_bytes  # it loads slowly, and few files need it

    guesses = from_bytes(data[:_SAMPLE], threshold=0.2)
    best = guesses.best()
    if best is None or _is_noise(str(best)[:_SAMPLE]):
        return None, ""
    names = [guess.encoding for guess in guesses]
    # Few bytes differ between the Latin code pages; the most common one is the best guess.
    codec = "cp1252" if "cp1252" in names and best.encoding.startswith("cp125") else best.encoding
    return data.decode(codec, errors="replace"), codec.replace("_", "-").upper()


def _is_noise(text: str) -> bool:
    """Whether a text is bytes by chance: control characters, or a jumble of rare characters."""
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) * 0.01 + 1:
        return True
    odd = sum(unicodedata.category(char) in ("Cn", "Co", "Cs") for char in sample)
    return odd > len(sample) * 0.02


def _tidy(text: str, encoding: str, size: int) -> Decoded:
    repairs: list[str] = []
    if encoding == "UTF-8 with broken characters":
        repairs.append(_("Some characters in the file are broken and appear as \ufffd."))
    elif encoding:
        repairs.append(_("Converted from %(encoding)s to UTF-8.") % {"encoding": encoding})
    text = _LINE_ENDS.sub("\n", text.lstrip("\ufeff"))
    cleaned = _CONTROL.sub("", text)
    if len(cleaned) != len(text):
        n = len(text) - len(cleaned)
        said = ngettext("Removed %(n)s control character.", "Removed %(n)s control characters.", n)
        repairs.append(said % {"n": n})
    if not is_bibtex(cleaned):
        if size > LARGEST_LIST:
            return _stop(say_too_large(size))
        if (height := cleaned.count("\n") + 1) > MOST_LINES:
            return _stop(
                _("The file has %(n)s lines; the limit is %(most)s. Split it and import the parts.")
                % {"n": f"{height:,}", "most": f"{MOST_LINES:,}"}
            )
    text, mended = _undo_double_encoding(cleaned)
    return Decoded(text=text, repairs=(*repairs, *mended))


def _undo_double_encoding(text: str) -> tuple[str, list[str]]:
    """Mend lines whose UTF-8 was once read as Latin-1 or Windows-1252; tell each of them."""
    if not _TWICE.search(text):
        return text, []
    lines, repairs = text.split("\n"), []
    for number, line in enumerate(lines):
        if _TWICE.search(line) and (mended := _mend(line)) != line:
            repairs.append(_difference(number + 1, line, mended))
            lines[number] = mended
    return "\n".join(lines), repairs


def _mend(line: str) -> str:
    from ftfy import fix_encoding  # loaded only for text that needs it

    mended = fix_encoding(line)
    return line if "\n" in mended else mended


def _difference(line: int, before: str, after: str) -> str:
    """The part that changed, short enough to read."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    shortest = min(len(before), len(after)) - start
    while end < shortest and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    return _("Line %(line)s: read “%(old)s” as “%(new)s” (text encoded twice).") % {
        "line": line,
        "old": _short(old),
        "new": _short(new),
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
