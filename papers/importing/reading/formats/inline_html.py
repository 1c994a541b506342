"""Bold, slanted and linked text in HTML, within a line of another format."""

import re
from html import unescape


def inline_html(text: str) -> str:
    """Bold, slanted and linked text in HTML as Markdown; what is only layout goes."""
    text = _LINKED.sub(
        lambda m: f"[{m[4].strip()}](<{unescape(m[1] or m[2] or m[3] or '')}>)", text
    )
    text = _STYLED.sub(
        lambda m: (
            f"{_MARKS[m[1].lower()]}{m[2].strip()}{_MARKS[m[1].lower()]}{' ' * m[2].endswith(' ')}"
        ),
        text,
    )
    return _LAYOUT.sub("", text)


_LINKED = re.compile(
    r"""<a\b[^<>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^<>]*>(.{0,2000}?)</a\s*>""",
    re.IGNORECASE,
)
_STYLED = re.compile(r"<(b|strong|i|em)\b[^<>]*>\s*([^<>]{1,2000}?)</\1\s*>", re.IGNORECASE)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_LAYOUT = re.compile(
    r"</?(?:span|font|small|u|center|big|a|nobr|kbd|mark|summary|details|div|p)\b[^<>]*>",
    re.IGNORECASE,
)
