"""Notes as reference managers keep them, in HTML, as Markdown."""

import re
from html import unescape

_SILENT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*?href=[\"']([^\"'<>]*)[\"'][^<>]*>([^<>]*)</a>", re.IGNORECASE)
_STEPS = (
    (re.compile(r"<h[1-6]\b[^<>]*>", re.IGNORECASE), "\n\n**"),
    (re.compile(r"</h[1-6]>", re.IGNORECASE), "**\n\n"),
    (re.compile(r"</?(?:strong|b)(?:\s[^<>]*)?>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:em|i)(?:\s[^<>]*)?>", re.IGNORECASE), "*"),
    (re.compile(r"<li\b[^<>]*>", re.IGNORECASE), "\n- "),
    (re.compile(r"<blockquote\b[^<>]*>", re.IGNORECASE), "\n\n> "),
    (re.compile(r"<br\b[^<>]*>", re.IGNORECASE), "\n"),
    (re.compile(r"</?(?:p|div|ul|ol|tr|table|blockquote)\b[^<>]*>", re.IGNORECASE), "\n\n"),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"[ \t]+\n"), "\n"),
    (re.compile(r"\n{3,}"), "\n\n"),
)
_MARKUP = re.compile(r"</?(?:p|div|br|h[1-6]|ul|ol|li|strong|b|em|i|a|span|blockquote)\b[^<>]*>")
LONGEST = 200_000


def note_text(written: str) -> str:
    """The note as Markdown; one without markup stays as it is."""
    written = written[:LONGEST].replace("\r\n", "\n")
    if not _MARKUP.search(written):
        return written.strip()
    text = _SILENT.sub("", written)
    text = _LINK.sub(r"[\2](\1)", text)
    for pattern, sign in _STEPS:
        text = pattern.sub(sign, text)
    return unescape(text).replace("\xa0", " ").strip()
