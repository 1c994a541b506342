"""What stands behind a link: the paper, its PDF, code, a project or a discussion."""

import re

from papers.text.identifiers import PAPER_HOSTS, doi, host, is_on
from papers.text.memoizing import memoize

_TALK_HOSTS = (
    "twitter.com", "x.com", "reddit.com", "news.ycombinator.com", "mastodon.social",
    "zhihu.com", "discord.gg", "discord.com", "slack.com", "bsky.app", "groups.google.com",
)  # fmt: skip
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "colab.research.google.com",
               "kaggle.com", "paperswithcode.com", "gitee.com")  # fmt: skip

_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.(?:us|com)|meet\.google\.com|teams\.(?:microsoft|live)\.com|webex\.com"
    r"|whereby\.com|meet\.jit\.si|gather\.town|forms\.gle|forms\.office\.com|calendar\.google\.com"
    r"|docs\.google\.com/forms|calendar\.app\.google|doodle\.com|framadate\.org|calendly\.com"
    r"|when2meet\.com|meetup\.com|eventbrite\.\w+|join\.slack\.com|chat\.whatsapp\.com|t\.me)\b",
    re.IGNORECASE,
)


def arranges_meetings(url: str) -> bool:
    """Whether an address is that of a video call, a form, a calendar or an invitation."""
    return _MEETING.match(url) is not None


@memoize(16384)
def link_kind(url: str, label: str = "") -> str:
    """What stands behind a link: "pdf", "code", "project", "discussion" or "paper".

    The words of the link decide first, then the address.
    """
    return _kind_by_label(label) or _kind_by_address(url)


_KIND_WORDS = (
    ("pdf", re.compile(r"\bpdf\b", re.IGNORECASE)),
    ("code", re.compile(r"\b(?:code|github|implementation|repo(?:sitory)?|colab|notebook|"
                        r"pytorch|tensorflow|official)\b|代码|代碼|実装|코드", re.IGNORECASE)),
    ("project", re.compile(r"\b(?:project|homepage|website|demo|dataset|data|model|"
                           r"page)\b|主页|프로젝트", re.IGNORECASE)),
    ("discussion", re.compile(r"\b(?:tweets?|twitter|reddit|discussion|issues?|thread|blog|"
                              r"notes?|review|summary|video|talk|slides?|poster|youtube)\d*\b|"
                              r"笔记|解读|课件|幻灯|동영상|슬라이드|発表|スライド", re.IGNORECASE)),
    ("paper", re.compile(r"\b(?:papers?|arxiv|abs|abstract|link|doi|openreview)\b|"
                         r"论文|論文|논문|原文|链接", re.IGNORECASE)),
)  # fmt: skip


def _kind_by_label(label: str) -> str:
    if len(label.split()) > 4:
        return ""
    return next((kind for kind, words in _KIND_WORDS if words.search(label)), "")


def _kind_by_address(url: str) -> str:
    name, path = host(url), url.split("?")[0].split("#")[0].lower()
    if is_on(name, ("github.com", "gitlab.com")) and re.search(r"/(?:issues|discussions)/", path):
        return "discussion"
    if is_on(name, _TALK_HOSTS):
        return "discussion"
    if path.endswith((".pdf", "/pdf")) or "/pdf/" in path:
        return "pdf"
    if is_on(name, _CODE_HOSTS):
        return "code"
    if is_on(name, PAPER_HOSTS) or doi(url):
        return "paper"
    return "project" if name.endswith(".github.io") else "paper"
