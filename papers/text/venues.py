"""Venues as people tag them: "nips2021", "ICML'25", "NeurIPS 2018", "iclr2022 submit"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from papers.text.memoizing import memoize

LEXICON = frozenset(
    """aaai aacl accv aistats akbc amia apsys asplos asru atc bmvc cade cav ccc ccs cgo chi chil
    cicling cikm cloud colins coling colm colt conext conll corl cscw csl cvpr dac dis dsn eacl
    ec eccv ecir ecml ecml-pkdd ecoop edbt eg emnlp emsoft esorics esop esws eurocrypt crypto
    asiacrypt eurosys facct fast fat* fg focs fse gecco hai hotcloud hotnets hotos hotstorage
    hpca hpdc hri icail icalp icann icassp icc iccad iccp iccv icde icdm icdar icdt icip iclp
    iclr icme icml icmr icpr icra icse icsme icwsm icws ieee-sp ijcai ijcnlp ijcv ijcnn imc
    infocom interspeech ipdps ipsn iros isbi isca ismar ismir issta iswc itcs iva jair jmlr jsac
    kdd kr lics lrec mass micro miccai middleware mlhc mlsys mm mobicom mobihoc mobisys msr
    naacl ndss neurips nips nsdi oopsla osdi pact pacmpl pakdd pami pets pkc pldi pmlr pods popl
    ppopp recsys rss rtas rtss sat sc sdm sec securecomm sensys siamjo sigcomm sigcse sigdial
    sigir sigkdd siggraph siggraph-asia sigmetrics sigmod siggrapha soda sosp sp spaa s&p stoc
    taco tacl tacas tcad tcs tip tist tits tkde tkdd tmlr tnnls tochi tods tog toit tois tomm
    tosem tpami tpds transacl tro tse tvcg tweb ubicomp uai uist umap usenix usenixsec vldb
    pvldb ra-l vis wacv wmt wsdm wsc www 3dv acl acml asonam cogsci l4dc ral wapr nature science
    pnas cell ismb recomb bioinformatics repl4nlp blackboxnlp medinfo ipmi midl isit itw allerton
    bigdata arxiv biorxiv medrxiv chemrxiv psyarxiv socc cidr percom ecai aamas icaps ijcar
    cpaior aies jacm cacm toplas tocs icfp fmcad vmcai atva concur podc opodis tcc ches acsac
    asiaccs raid wisec soups iui nime ics icpp euro-par ccgrid sosr jamia jama nejm tmi tgrs
    igarss jbhi tbme ijrr wafr ro-man ase issre icst icpc saner taslp eswc ictir chiir
    trec clef iconip ijcb icdcs eurographics""".split()  # noqa: SIM905
) | {"usenix security", "usenix atc"}

SHORT_FORMS = (
    "Acad", "Adv", "Am", "Ann", "Appl", "Biol", "Chem", "Commun", "Comput", "Conf", "Ed", "Eng",
    "Int", "J", "Lett", "Math", "Med", "Mod", "Natl", "Neurosci", "Phil", "Phys", "Proc", "Psychol",
    "Res", "Rev", "Sci", "Soc", "Stat", "Theor", "Trans",
)  # fmt: skip
"""Words that journals are shortened to: a full stop behind one ends nothing."""


def _one_of(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first, that tries each letter once."""
    starts: dict[str, list[str]] = {}
    for name in names:
        starts.setdefault(name[:1], []).append(name[1:])
    ends = starts.pop("", None) is not None
    ways = [re.escape(first) + _one_of(rests) for first, rests in starts.items()]
    if not ways:
        return ""
    joined = f"(?:{'|'.join(ways)})" if len(ways) > 1 or ends else ways[0]
    return f"{joined}?" if ends else joined


_WRITTEN = _one_of(LEXICON)
_YEAR = r"(?:[\s_,-]*(?:19|20)\d\d|\s*['’‘`]\s*(?:19|20)?\d\d|[\s-]?\d\d(?!\s*\(\d))"
# In running text only a known name in capitals with a year is a venue: "CELL 2020", not "cell 2".
_IN_TEXT = re.compile(
    rf"(?<![\w&])(?:IEEE[\s/]+|ACM[\s/]+|Findings of )?(?P<name>{_WRITTEN})"
    rf"(?:[\s-]+(?:workshops?|findings|demo|long|short|main|asia))?(?P<year>{_YEAR})(?!\.?\d)"
    r"(?:\s*(?:workshops?|findings|oral|spotlight|submit(?:ted)?)\b)?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?<![\w&])(?P<name>{_WRITTEN})(?![\w&])(?:[\s-]+(?:workshops?|findings)\b)?", re.IGNORECASE
)
# Within back-ticks a word joined to a year says venue by itself, also one that is not known.
_TAG = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z&*+/.\s-]{1,40}?)[\s_-]*(?:(?:19|20)\d\d|['’‘]\s*(?:19|20)?\d\d)"
    r"(?:\s+(?:submit(?:ted|tion)?|submission|accepted|oral|spotlight|poster|workshops?|findings|"
    r"best|paper|award|short|long|demo|track|preprint|under|review|main))*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\w&.])(?P<year>(?:19|20)\d\d|['’‘`]?\d\d['’‘`])[\s_,-]*(?:IEEE[\s/]+|"
    rf"ACM[\s/]+)?(?P<name>{_WRITTEN})(?![\w&-])",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(
    r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d)|['’‘`]\s*(\d\d)(?!\d)|(?<!\d)(\d\d)(?=['’‘`])"
)
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z])[\s-]?(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue as written, and where it stands in the text."""

    tag: str
    start: int
    end: int


def is_venue_tag(text: str) -> bool:
    """Whether the text of a tag (in back-ticks, slanted, in brackets) is a venue."""
    text = text.strip()
    alone = _ALONE.fullmatch(text)
    if text.casefold() in LEXICON or (alone and _is_name(alone["name"])):
        return True
    found = _IN_TEXT.match(text)
    return bool(found or (len(text) <= 60 and _TAG.fullmatch(text)))


_SHORT_NAME = re.compile(
    r"(?P<name>(?:[a-z]{1,5}(?=[A-Z]))?[A-Z][\w&/+.@-]*?(?:\s(?:[A-Z(][\w&/+().-]*?|workshop|symposium|of|on|and))"
    r"{0,4})[\s,_-]*(?P<year>(?:19|20)\d\d|['’‘]\s?(?:19|20)?\d\d|(?<=[A-Z]{4}\s)[0-2]\d)(?P<more>\s[\w\s]+)?"
)
_LEADING = re.compile(
    r"\W*(?P<tag>[A-Z][\w&/+.@-]*?(?:\s[A-Z&][\w&/+.-]*?){0,4}?\s?(?:\s(?:19|20)\d\d|['’‘`]{1,2}\s?(?:19|20)?\d\d))"
    r"(?:\s*(?:--+|[–—|,])\s*|\s+-(?:\s+|$))"
)
"""A short name with a year, at the beginning: "HotCloud '17 -- Title"."""


_SMALL_LEADING = re.compile(rf"\W*(?P<tag>(?:{_WRITTEN})(?:19|20)\d\d)\s*[,:|–—-]\s+(?=\S)")
""" "nips2016, Title"."""


def leading_venue(text: str) -> Venue | None:
    """The venue that a text begins with, cut off by a dash, a bar or a comma, known or not."""
    found = _LEADING.match(text) or _SMALL_LEADING.match(text)
    if found is None or _MONTHLY.match(found["tag"]):
        return None
    return Venue(found["tag"], found.start("tag"), found.end())


_JOINED = re.compile(
    r"(?:\[\d{1,4}\])?\W*(?P<year>(?:19|20)?\d\d)(?P<mark>[-_])(?P<name>[A-Z][A-Za-z&]{1,12})(?P=mark)(?=\w)"
)


def joined_venue(text: str) -> tuple[Venue, int] | None:
    """The venue and year joined to a title in front of it: "16-ATC-Title", "2023_PR_Title"."""
    found = _JOINED.match(text)
    if found is None:
        return None
    is_whole = len(found["year"]) == 4
    if sum(char.isupper() for char in found["name"]) < (2 if is_whole else 3):
        return None
    year = int(found["year"])
    return Venue(found["name"], 0, found.end()), year if is_whole else _century(year)


_SAID_OF = re.compile(
    r"^(?:published|accepted|appeared|presented|to appear)\s+(?:(?:in|at|by|to|for)\s+)?(?=\S)",
    re.IGNORECASE,
)
""" "Published WACV 24", "accepted at ICML 2020"."""


def bracket_venue(text: str) -> str:
    """The venue that a bracket behind a title names: a known one, or a short name with a year, as
    in "(DATE 2019)".
    """
    text = _SAID_OF.sub("", text.strip("()[]（） "))
    if known := find_venue(text):
        whole = (
            len(text.split()) <= 6
            and not re.search(r"[,;:|]", text)
            and not re.match(r"\s*(?:from|by)\b", text[known.end :])
            and not re.search(r"best paper|award", text, re.IGNORECASE)
        )
        return text if whole else known.tag
    if known_venue(text) or re.fullmatch(
        r"(?:ar|bio|med|chem)xiv(?:\s+preprint)?(?:[\s,']*(?:19|20)?\d\d(?:[.-]\d\d)?)?",
        text,
        re.IGNORECASE,
    ):
        return text
    found = _SHORT_NAME.fullmatch(text)
    if found and len(found["name"]) <= 30 and not _MONTHLY.match(text):
        return f"{text[: found.end('year')]}"
    return ""


_MONTHLY = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}|spring|summer|autumn|"
    r"fall|winter|v|version|in|since|from|year|updated|published|presented)\b", re.IGNORECASE
)  # fmt: skip


@memoize(4096)
def find_venue(text: str, *, alone: bool = False) -> Venue | None:
    """A known venue with its year in running text; `alone` also takes one in capitals without."""
    for found in _IN_TEXT.finditer(text):
        capital = found["name"][0].isupper() and re.search(r"\d{4}|['’‘`]", found["year"])
        if capital or _is_name(found["name"]):
            return Venue(found[0].strip(), found.start(), found.end())
    for found in _BEFORE.finditer(text):
        if _is_name(found["name"]):
            # "2021, EMNLP" are two things: the year is told by itself.
            start = found.start("name") if "," in found[0] else found.start()
            return Venue(text[start : found.end()].strip(), start, found.end())
    if alone:
        for found in _ALONE.finditer(text):
            if _is_name(found["name"]):
                return Venue(found[0].strip(), found.start(), found.end())
    return None


def _is_name(name: str) -> bool:
    """Written as a name is: more than one capital ("NeurIPS", "CVPR"), or a preprint server's."""
    return sum(char.isupper() for char in name) > 1 or name.endswith("Xiv")


def holds_venue(text: str) -> bool:
    """Whether a short text, such as the bracket behind a title, names a known venue."""
    return find_venue(text) is not None or text.strip("()[] ").casefold() in LEXICON


def known_venue(text: str) -> bool:
    """Whether a text is the short name of a known venue, and nothing else."""
    return text.strip("()[]. ").casefold() in LEXICON


def venue_year(tag: str) -> int | None:
    """The year that a venue tag states, two digits read as 1970 to 2069."""
    found = _ANY_YEAR.search(tag)
    if found:
        return int(found[1]) if found[1] else _century(int(found[2] or found[3]))
    short = _SHORT_YEAR.search(tag)
    return _century(int(short[1])) if short else None


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)
