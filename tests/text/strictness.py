"""A checker of rendered HTML, written apart from the renderer so that it can disagree with it."""

import re
from html import unescape
from html.parser import HTMLParser

TAGS = {
    *("a", "blockquote", "br", "code", "del", "div", "em", "h3", "h4", "h5", "h6", "hr", "img"),
    *("li", "ol", "p", "pre", "span", "strong", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
EMPTY = {"br", "hr", "img"}
ATTRIBUTES = {
    (
        "a",
        "href",
    ): r"(?:https?://[^/\s\\]|mailto:|/(?![/\\])|[#?.]|(?![^/?#]*:)[^\s/\\])[^\x00-\x1f]*|",
    ("a", "title"): r"[^\x00]*",
    ("a", "rel"): r"noopener noreferrer nofollow ugc",
    ("a", "class"): r"footnote-(?:ref|backref)",
    ("code", "class"): r"language-[\w+#-]+",
    ("div", "class"): r"arithmatex|footnote",
    ("span", "class"): r"arithmatex",
    ("li", "class"): r"task-list-item",
    ("li", "id"): r"fn:[0-9a-f]{8}-\d+",
    ("sup", "id"): r"fnref\d*:[0-9a-f]{8}-\d+",
    ("ol", "start"): r"\d+",
    ("td", "align"): r"left|center|right",
    ("th", "align"): r"left|center|right",
    ("img", "src"): r"/files/[0-9a-f]{32}/",
    ("img", "alt"): r"[^\x00]*",
    ("img", "title"): r"[^\x00]*",
    ("img", "loading"): r"lazy",
}


class Checker(HTMLParser):
    """Collects what should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check one element and its attributes."""
        if tag not in TAGS:
            self.faults.append(f"tag {tag}")
        if tag not in EMPTY:
            self._open.append(tag)
        for name, value in attrs:
            self._check_attribute(tag, name, value or "")
        found = dict(attrs)
        if re.match(r"(?i)https?:|mailto:", found.get("href") or "") and "rel" not in found:
            self.faults.append(f"no rel on {found}")

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        allowed = ATTRIBUTES.get((tag, name))
        seen = re.sub(r"[\x00-\x20\xad\u200b-\u200f\u2028-\u202e\ufeff]", "", unescape(value))
        if allowed is None or not re.fullmatch(allowed, value, re.DOTALL | re.IGNORECASE):
            self.faults.append(f"{tag} {name}={value!r}")
        if name in {"href", "src"} and re.match(r"(?i)(?:javascript|vbscript|data|blob|//)", seen):
            self.faults.append(f"{tag} {name}={value!r} as browsers read it")

    def handle_endtag(self, tag: str) -> None:
        """Check that elements close in order."""
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"stray </{tag}>")

    def handle_comment(self, data: str) -> None:
        """Refuse comments."""
        self.faults.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        """Refuse declarations."""
        self.faults.append(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        """Refuse processing instructions."""
        self.faults.append(f"instruction {data!r}")

    def unknown_decl(self, data: str) -> None:
        """Refuse CDATA and the like."""
        self.faults.append(f"unknown declaration {data!r}")

    def close(self) -> None:
        """Check that nothing is left open."""
        super().close()
        if self._open:
            self.faults.append(f"unclosed {self._open}")


def faults_in(html: str) -> list[str]:
    """Return everything in rendered HTML that must not be there."""
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker.faults
