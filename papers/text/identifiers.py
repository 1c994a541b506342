"""The names that the world gives a paper: arXiv ids, DOIs, OpenReview ids and addresses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from papers.text.memoizing import memoize

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN(N) since April 2007, before that
# archive(.CLASS)/YYMMNNN; a version "v2" may follow and is never part of the paper's identity.
_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2})?/\d{7}"
_ARXIV_ID = rf"(?:{_ARXIV_NEW}|{_ARXIV_OLD})"
_ARXIV_URL = re.compile(
    r"(?:arxiv\.org|alphaxiv\.org|ar5iv(?:\.labs\.arxiv)?\.org|arxiv-vanity\.com|"
    r"huggingface\.co|hf\.co)/+"
    r"(?:(?:abs|pdf|html|format|ps|e-print|papers?|overview|ftp/[\w-]+/papers/\d{4})/+)?"
    rf"({_ARXIV_ID})(?!\d)",
    re.IGNORECASE,
)
_ARXIV_SAID = re.compile(
    r"(?:\barxiv(?:\.org)?(?:\s+(?:e-?prints?|preprints?|id|"
    r"no\.?))*(?:\s+arxiv)?\s*[:/#.]?\s*\[?|10\.48550/arxiv\.)"
    rf"({_ARXIV_ID})(?!\d)",
    re.IGNORECASE,
)
_ARXIV_BARE = re.compile(rf"\s*({_ARXIV_ID})(?:v\d+)?\s*", re.IGNORECASE)

# https://www.doi.org/doi-handbook/HTML/index.html: prefix 10.NNNN, a slash, nearly anything after.
# SICI names, which journals gave until 2005, hold signs in angle brackets: "...49:8<693::AID-
# ASI3>3.0.CO;2-O".
_DOI = re.compile(
    r"(?<![\w.])10\.\d{4,9}(?:\.\d+)*/(?:[^\s\"<>{}|\\^`\[\]]|"
    r"<[\w:.-]{1,40}>(?=[\w.]))(?:[^\s\"<>{}|\\^`\[\]]|<[\w:.-]{1,40}>(?=[\w.])){0,499}"
)
_ISBN = re.compile(
    r"\bISBN(?:-1[03])?\s*:?\s*((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])\b", re.IGNORECASE
)
_PMID = re.compile(
    r"(?:\bPMID\s*:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})\b",
    re.IGNORECASE,
)
_ACL = re.compile(
    r"acl(?:anthology\.org|anthology\.info|web\.org)/(?:anthology/|papers/|"
    r"volumes/)?(?:[A-Z]/[A-Z]\d\d/)?"
    r"([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)",
    re.IGNORECASE,
)
_DOI_TAIL = re.compile(
    r"(?:\.pdf|/full|/abstract|/pdf|/html|v\d+\.full(?:\.pdf)?)+$", re.IGNORECASE
)

# A forum, its PDF and its attachments share one id; /references/pdf?id= names a revision instead.
_OPENREVIEW = re.compile(
    r"openreview\.net/+(?:forum|pdf|attachment|group|revisions)\?(?:[^#\s]*&)?id=([\w-]+)"
)

_URL = re.compile(
    r"(?:https?|ftp|file)://[^\s<>\"`]{1,2000}|(?<![\w@/.])www\.[^\s<>\"`]{1,2000}", re.IGNORECASE
)
_TRACKING = re.compile(
    r"^(?:utm_\w+|_ga|_gl|fbclid|gclid|ref|refsrc|cxt|cn|s|usp|share|source|download)$"
)
_AFTER = ".,;:!?'\"*_、。，；：！？》」』）"
PAPER_HOSTS = (
    "arxiv.org", "openreview.net", "doi.org", "aclanthology.org", "aclanthology.info",
    "aclweb.org", "mlr.press", "neurips.cc", "nips.cc", "thecvf.com", "jmlr.org",
    "semanticscholar.org", "springer.com", "sciencedirect.com", "nature.com", "science.org",
    "ieee.org", "acm.org", "biorxiv.org", "medrxiv.org", "pnas.org", "wiley.com", "plos.org",
    "isca-speech.org", "isca-archive.org", "ijcai.org", "aaai.org", "usenix.org", "iclr.cc",
    "icml.cc", "tandfonline.com", "frontiersin.org", "mdpi.com", "cell.com", "oup.com",
    "transacl.org", "ssrn.com", "osf.io", "hal.science", "eprint.iacr.org", "vldb.org",
    "roboticsproceedings.org", "distill.pub", "ecva.net", "ncbi.nlm.nih.gov",
    "citeseerx.ist.psu.edu",
    "alphaxiv.org", "ar5iv.org", "jair.org", "mitpressjournals.org", "direct.mit.edu",
    "aps.org", "iop.org", "aip.org", "scipost.org", "acs.org", "rsc.org", "ams.org", "siam.org",
    "projecteuclid.org", "jstor.org", "nber.org", "aeaweb.org", "sagepub.com", "emerald.com",
    "royalsocietypublishing.org", "annualreviews.org", "biomedcentral.com", "elifesciences.org",
    "peerj.com", "copernicus.org", "ametsoc.org", "degruyter.com", "worldscientific.com",
    "bmj.com", "thelancet.com", "nejm.org", "jamanetwork.com", "rupress.org", "asm.org",
    "psycnet.apa.org", "persee.fr", "cairn.info", "openedition.org", "jstage.jst.go.jp",
    "scielo.br", "redalyc.org", "dagstuhl.de", "ceur-ws.org", "iacr.org", "computer.org",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What a text says about a paper's identity; an empty string where it says nothing."""

    arxiv_id: str = ""
    doi: str = ""
    openreview: str = ""
    isbn: str = ""
    pmid: str = ""
    acl: str = ""

    def __bool__(self) -> bool:
        return bool(
            self.arxiv_id or self.doi or self.openreview or self.isbn or self.pmid or self.acl
        )

    def named(self) -> dict[str, str]:
        """The identifiers by their kind, also those that are empty."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def join(self, other: "Identifiers") -> "Identifiers":
        """Each kind from here, or else from the other."""
        theirs = other.named()
        return Identifiers(**{name: mine or theirs[name] for name, mine in self.named().items()})

    def contradicts(self, other: "Identifiers") -> bool:
        """Whether both give one kind and differ, and no kind agrees."""
        theirs = other.named()
        both = [
            (mine, theirs[name]) for name, mine in self.named().items() if mine and theirs[name]
        ]
        return bool(both) and all(mine != their for mine, their in both)


def arxiv_id(text: str) -> str:
    """The arXiv id without its version from an address, "arXiv:..." or a bare id, else ""."""
    found = _ARXIV_URL.search(text) or _ARXIV_SAID.search(text) or _ARXIV_BARE.fullmatch(text)
    return _plain_arxiv(found[1]) if found else ""


def _plain_arxiv(written: str) -> str:
    if "/" not in written:
        return written
    archive, number = written.split("/")
    return f"{archive.split('.')[0].lower()}/{number}"


def doi(text: str) -> str:
    """The DOI in lower case from an address or a text, else ""; an arXiv DOI is an arXiv id."""
    found = _DOI.search(unquote(text) if "%" in text and "10." in text else text)
    if not found:
        return ""
    name = _DOI_TAIL.sub("", _trim(found[0].split("?")[0].split("#")[0])).lower().rstrip(".,;:")
    return "" if name.startswith("10.48550/arxiv.") else name


def openreview_id(text: str) -> str:
    """The forum id from an OpenReview address, else ""."""
    found = _OPENREVIEW.search(text)
    return found[1] if found and "/group?" not in found[0] else ""


@memoize(16384)
def identify(text: str) -> Identifiers:
    """All identifiers that one address or line of text gives."""
    return Identifiers(
        arxiv_id(text),
        doi(text),
        openreview_id(text),
        isbn(text),
        _named(_PMID, text),
        _named(_ACL, text).upper(),
    )


def isbn(text: str) -> str:
    """The ISBN that a text says with the word, as digits, else ""."""
    found = _ISBN.search(text) if "isbn" in text.lower() else None
    return re.sub(r"[^\dX]", "", found[1].upper()) if found else ""


def _named(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def identify_all(texts: Iterable[str]) -> Identifiers:
    """The first identifier of each kind over several addresses."""
    found = Identifiers()
    for text in texts:
        found = found.join(identify(text))
    return found


def arxiv_url(identifier: str) -> str:
    """The page of an arXiv paper."""
    return f"https://arxiv.org/abs/{identifier}"


def doi_url(name: str) -> str:
    """The address that a DOI resolves at."""
    return f"https://doi.org/{name}"


def openreview_url(identifier: str) -> str:
    """The forum of an OpenReview paper."""
    return f"https://openreview.net/forum?id={identifier}"


def find_urls(text: str) -> list[str]:
    """Every web address written in a text, in order, without the punctuation that follows it."""
    return [_trim(found[0]) for found in _URL.finditer(text)]


def url_spans(text: str) -> list[tuple[int, int]]:
    """Where the addresses of `find_urls` stand."""
    return [(m.start(), m.start() + len(_trim(m[0]))) for m in _URL.finditer(text)]


def _trim(url: str) -> str:
    """Cut trailing punctuation; a closing bracket stays if the address opened it."""
    while url and (url[-1] in _AFTER or _closes_too_much(url)):
        url = url[:-1]
    return url


def _closes_too_much(url: str) -> bool:
    opener = {")": "(", "]": "[", "}": "{"}.get(url[-1])
    return opener is not None and url.count(url[-1]) > url.count(opener)


@memoize(16384)
def is_web_url(url: str) -> bool:
    """Whether this is an address that a page may link to: http or https with a host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and "." in parts.netloc


def with_scheme(url: str) -> str:
    """An address written without a scheme, given one."""
    url = url.strip()
    return f"https://{url}" if url.lower().startswith("www.") else url


@memoize(16384)
def normal_url(url: str) -> str:
    """One spelling for the addresses of one place, to compare with; not for following.

    Scheme, "www.", host case, fragment, trailing slash, percent-coding and tracking parameters
    do not make another place.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(k)]  # fmt: skip
    path = unquote(parts.path).rstrip("/")
    return urlunsplit(("https", host + port, path, urlencode(sorted(kept)), ""))


@memoize(16384)
def host(url: str) -> str:
    """The host of an address in lower case without "www.", or ""."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_on(name: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of these or below one of them."""
    return any(name == one or name.endswith("." + one) for one in hosts)


@memoize(16384)
def is_paper_url(url: str) -> bool:
    """Whether an address is, by its host or its ending, most likely that of a paper itself.

    A mirror of arXiv is known by the number at the end.
    """
    if not is_web_url(url):
        return False
    path = urlsplit(url.strip()).path.lower()
    is_named = path.endswith((".pdf", "/pdf")) or _ARXIV_BARE.fullmatch(path.rpartition("/")[2])
    return is_on(host(url), PAPER_HOSTS) or bool(is_named) or bool(doi(url))
