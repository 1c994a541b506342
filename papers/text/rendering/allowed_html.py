"""What rendered text may hold: tags, attributes, classes and addresses. All else is refused."""

import re
from collections.abc import Callable
from html import unescape
from unicodedata import normalize

TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
ATTRIBUTES = {
    "a": {"href", "title", "rel", "class"},
    "code": {"class"},
    "div": {"class"},
    "img": {"src", "alt", "title", "loading"},
    "li": {"id", "class"},
    "ol": {"start"},
    "span": {"class"},
    "sup": {"id"},
    "td": {"align"},
    "th": {"align"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
REL = "noopener noreferrer nofollow ugc"

CLASSES = {
    "a": re.compile(r"footnote-(?:ref|backref)"),
    "code": re.compile(r"language-[a-z0-9_+#-]{1,30}"),
    "div": re.compile(r"arithmatex|footnote"),
    "li": re.compile(r"task-list-item"),
    "span": re.compile(r"arithmatex"),
}
FOOTNOTE_ID = re.compile(r"fn(?:ref[0-9]*)?:[0-9a-f]{8}-[0-9]{1,6}")
SCHEME = re.compile(r"([^/?#:]*):")
OUTWARD = re.compile(r"(?i)https?://[^/?#\s\\]|mailto:[^\s]")
UNSEEN = re.compile(
    r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)
OWN_IMAGE = re.compile(r"/files/[0-9a-f]{32}/")


def allows(tag: str, name: str, value: str) -> bool:
    """Say whether an element may carry this attribute with this value."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    if name in {"alt", "title"}:
        return True
    if name == "class":
        return CLASSES[tag].fullmatch(value) is not None
    return VALUES[name](value)


def is_link(address: str) -> bool:
    """Say whether a link may lead there: by http, https or mailto, or within this site.

    Browsers drop some unseen characters and read entities; so must we, before we judge.
    """
    seen = normalize("NFKC", UNSEEN.sub("", unescape(unescape(address))))
    if "\\" in seen or seen.startswith("//"):
        return False
    if SCHEME.match(seen):
        return OUTWARD.match(seen) is not None
    return True


def leads_out(address: str) -> bool:
    """Say whether a link leaves this site."""
    return OUTWARD.match(address) is not None


def is_own_image(address: str) -> bool:
    """Say whether an image was uploaded to this site; others would tell strangers who reads."""
    return OWN_IMAGE.fullmatch(address) is not None


VALUES: dict[str, Callable[[str], bool]] = {
    "align": lambda value: value in {"left", "center", "right"},
    "href": is_link,
    "id": lambda value: FOOTNOTE_ID.fullmatch(value) is not None,
    "loading": lambda value: value == "lazy",
    "rel": lambda value: value == REL,
    "src": is_own_image,
    "start": lambda value: value.isascii() and value.isdigit() and len(value) < 10,
}
