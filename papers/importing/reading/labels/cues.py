"""Which section of a review a sentence belongs to, by its wording.

A lexicon, not a model: each hit of a cue counts one, the section with the most hits wins, and
without a hit the text is summary. A closing question mark outweighs one other hit. The preview
shows every decision, and one click moves a bullet, so that a wrong guess costs little and a rule
that anybody can read is worth more than a clever one.
"""

import re
from functools import lru_cache

from papers.importing.reading.drafts.review_text import Section

_CRITIQUE = (
    r"\bhowever\b.{0,60}\b(?:poor|weak|lack|not|no|only|limited|unclear|hard)",
    r"\b(?:poor|poorly|weak|weakness|weaknesses|drawbacks?|shortcomings?|caveats?|flaws?|flawed)\b",
    r"\blimitations?\b|\blimited (?:to|by|novelty|evaluation|experiments?)",
    r"\black(?:s|ing)? (?:of|in|a|an|any|the|\w+)\b|\bmissing\b|\bincremental\b",
    (
        r"\b(?:does|do|did)(?:n't| not) (?:clarify|explain|compare|discuss|show|address|mention|"
        r"provide|consider|report|test|convince)\w*"
    ),
    (
        r"\bnot (?:very |really |so |quite |that )?(?:sound|enough|convincing|convinced|clear|"
        r"sufficient|"
        r"fair|novel|new|surprising|useful|practical|realistic|rigorous|well)\b"
    ),
    (
        r"\bbut (?:not|only|no|it|they|the|this)\b.{0,40}|\bnot too much\b|\btoo (?:simple|small|"
        r"few|"
        r"strong|short|long|vague|weak|limited)\b"
    ),
    (
        r"\bcould(?:n't| not) (?:support|convince|explain|be reproduced)|\bcan(?:'t|"
        r"not) (?:support|"
        r"explain)\b|\bfail(?:s|ed)? to\b|\bunfair\b|\boverclaim\w*|\bquestionable\b|\bdoubt\w*\b"
    ),
    (
        r"^only\b|\bonly (?:experiments?|tested|evaluated|tests|evaluates|on (?:mnist|cifar|toy|"
        r"small))\b"
    ),
    r"\bvery simple experiments?\b|\btoy (?:data|example|problem|experiment)s?\b",
    r"\bhard to (?:read|follow|understand|reproduce)\b|\b(?:well|badly|poorly)[- ]writt?en\b",
    (
        r"\bi (?:personally |really |also |do not |don't )?(?:think|agree|disagree|believe|like|"
        r"love|"
        r"dislike|find|found|feel|felt|enjoy|enjoyed|buy|doubt|suspect)\b|\bin my (?:opinion|"
        r"view)\b|"
        r"\bimho?\b|\bpersonally\b"
    ),
    (
        r"\b(?:great|nice|good|excellent|brilliant|elegant|impressive|solid|clever|awesome|"
        r"beautiful|"
        r"interesting|surprising|convincing)(?: paper| work| idea| finding| result| read| point)?\b"
        r"(?=[\s!~.,]*(?:$|and\b|but\b|paper|work|idea|read|finding|to see|to read))"
    ),
    (
        r"\b(?:finding|result|idea|paper|work|approach|method|it)s? (?:is|are|was|were) (?:very |"
        r"really |"
        r"quite |so )?(?:interesting|nice|great|good|elegant|impressive|surprising|convincing|"
        r"clear)\b"
    ),
    r"\b(?:strengths?|pros?|cons?)\s*:|\boverall,? (?:a|this|i|the)\b",
    (
        r"課題|弱い|不十分|欠点|微妙|面白い|おもしろい|すごい|興味深い|分かりやすい|分かりにくい|"
        r"限界|気になる|"
        r"と思う|と思った|と感じ|印象"
    ),
    r"한계|아쉽|아쉬운|부족|장점|단점|흥미|인상적|좋은 논문|좋았|별로|것 같다|생각된다|생각한다",
    r"不足|缺点|局限|优点|缺乏|很好|有趣|不够|不太|我觉得|我认为|个人认为|值得",
)
_FOLLOW_UP = (
    (
        r"\b(?:we|i|one|you) (?:also |still |really |would )?(?:need|should|could|can|might|want|"
        r"would "
        r"like|intend|plan|hope|have)\b(?: to)? (?:also |then )?(?:do|run|rerun|re-run|repeat|test|"
        r"try|"
        r"compare|verify|check|inject|examine|measure|plot|train|apply|extend|implement|reproduce|"
        r"replicate|explore|investigate|study|use|look|see whether|combine|replace|ablate|"
        r"experiment)\w*"
        r"(?: (?:\w+ ){0,3}(?:experiments?|ablations?|runs?))?"
    ),
    r"\b(?:so |then )?(?:i|we) want to \w+|\bi'd (?:like|love) to \w+|\blet's (?:try|test|run)\b",
    r"^(?:to )?(?:verify|test whether|check whether|check if|see if)\b",
    (
        r"\b(?:re-?run|additional|further|more|new|extra|follow-up) (?:experiments?|ablations?|"
        r"tests?)\b"
    ),
    (
        r"\bfuture (?:work|directions?|research)\b|\bnext steps?\b|\bto-?do\b|\bworth (?:trying|"
        r"testing|"
        r"a try|exploring|checking)\b|\bcould be (?:extended|combined|applied|tested|improved|"
        r"interesting "
        r"to)\b"
    ),
    r"\bwould be (?:interesting|nice|good|great|worth\w*|useful|fun|cool|helpful) to\b",
    (
        r"\b(?:idea|experiment|follow-?up|extension)\s*:|^(?:try|idea:|apply|extend|reproduce|"
        r"replicate|"
        r"ablate|combine)\b"
    ),
    r"試したい|してみたい|やってみたい|今後|実験したい|追試|試す|応用でき",
    r"해보고 싶|해볼|해보면|시도|실험해|하면 좋|향후|추가 실험|적용해",
    r"可以尝试|想试|试试|下一步|未来工作|后续|值得尝试|可以考虑|能否用",
)
_QUESTIONS = (
    (
        r"\bi (?:am|do|did|'m|was)(?: not|n't)?(?: \w+)? ?(?:fully |quite |really |"
        r"completely )?(?:not )?"
        r"(?:understand|understood|sure (?:if|why|how|what|whether)|get (?:why|how)|confused)\b"
    ),
    r"\b(?:don't|didn't|do not|did not|can't|cannot|not) (?:fully |really |quite )?understand\b",
    (
        r"\bunclear (?:to me|why|how|what|whether|if)\b|\bi wonder\b|\bwondering\b|\bconfus\w+|"
        r"\bpuzzl\w+"
    ),
    r"^\?|\(\?\)",
    r"^(?:why|how come|what if|is it|are they|does it|do they)\b",
    r"疑問|不明|わからない|分からない|なぜ",
    r"궁금|이해가? ?안|모르겠|왜 ",
    r"不懂|不明白|为什么|疑问|不清楚",
)
_ENDS_ASKING = re.compile(
    r"[?？][\s'\"”’)\]）*_]*$|(?:까|나요|는지|을까|ㄹ까)[.…\s]*$|(?:だろうか|のか|ですか|"
    r"ますか)[。\s]*$|吗[。\s]*$"
)
_LEXICON: dict[Section, tuple[str, ...]] = {
    "critique": _CRITIQUE,
    "follow_up": _FOLLOW_UP,
    "questions": _QUESTIONS,
}
_CUES = {
    section: re.compile("|".join(f"(?:{cue})" for cue in cues), re.IGNORECASE)
    for section, cues in _LEXICON.items()
}
LONGEST_LOOK = 4_000
"""Characters of a text whose wording is looked at."""


@lru_cache(maxsize=8192)
def weigh(text: str) -> tuple[tuple[Section, int], ...]:
    """How many cues of each section a text holds; sections without any are left out."""
    text = " ".join(text[:LONGEST_LOOK].split())
    hits: dict[Section, int] = {}
    for section, pattern in _CUES.items():
        if count := sum(1 for _ in pattern.finditer(text)):
            hits[section] = count
    if asks(text):
        hits["questions"] = hits.get("questions", 0) + 2
    return tuple(hits.items())


def asks(text: str) -> bool:
    """Whether a text ends as a question."""
    return bool(_ENDS_ASKING.search(text.rstrip()[-40:]))


def section_of(text: str, *, default: Section = "summary", at_least: int = 1) -> Section:
    """The section with the most cues, if it has `at_least` that many, else the default."""
    hits = weigh(text)
    if not hits:
        return default
    section, count = max(hits, key=lambda pair: (pair[1], _RANK[pair[0]]))
    return section if count >= at_least else default


_RANK: dict[Section, int] = {"follow_up": 3, "questions": 2, "critique": 1}
