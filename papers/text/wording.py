"""What a piece of text looks like: a title, a sentence, a name, a group, or words of no subject."""

import re

from papers.text.memoizing import memoize
from papers.text.titles import clean_title

_WORD = re.compile(r"[^\W_][\w'’\-+*]*")
_SENTENCE_END = re.compile(r"[.!?。！？…~]['\")\]”’*_]*$")
_INNER_END = re.compile(
    r"[a-z0-9)\]][.!?]['\")\]]?\s+[A-Z][a-z]|[。！？](?=.)|(?<![a-z])[a-z]{3,}+\. [a-z]"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|do|did|can|could|will|would|should|may|might|"
    r"must|shows?|showed|proposes?|proposed|proves?|proved|uses?|used|gives?|presents?|introduces?|"
    r"introduced|finds?|found|makes?|needs?|argues?|suggests?|leads?|learns?|learned|trains?|"
    r"trained|"
    r"performs?|improves?|improved|achieves?|outperforms?|explains?|demonstrates?|provides?|"
    r"claims?|"
    r"i|we|they|it|this paper|the authors?|you|isn't|doesn't|don't|can't|won't|it's|that's)\b",
    re.IGNORECASE,
)
OPENING_MARKS = tuple('"“„«»「《')
"""What opens a quotation."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_CJK_VERB = re.compile(
    r"(?:した|する|です|ます|ない|いる|れた|である|ある|った|だ|다|요|음|함|임|듯|까|了|的是|可以)"
    r"[.。!！?？)）]*$"
)
_GROUP = re.compile(
    r"\b(?:group|lab|labs|research|university|univ|institute|inst|college|school|team|inc|corp|"
    r"deepmind|openai|google|microsoft|facebook|meta|amazon|nvidia|ibm|apple|baidu|tencent|"
    r"alibaba|huawei|samsung|adobe|brain|fair|msr|mit|cmu|riken|aip|tech|eth|epfl|center|centre|"
    r"academy)\b|['’]s group|大学|研究所|研究院|대학교|연구소",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(
    """a an the of in on for and or to with by from at as is are via vs its be not do does can
    how into over under without through using between towards toward beyond but than
    that against about within across among during""".split()  # noqa: SIM905
)
_NO_SUBJECT = frozenset(
    """complete must priority order essential key references
    spring summer autumn fall winter top best week month paper papers list lists reading
    readings read full all our my the a an of to for and in
    on updated update weekly daily monthly yearly survey surveys need done finished todo index
    contents content table toc collection collections archive archives past upcoming current
    future schedule schedules seminar seminars meeting meetings presentation presentations talk
    talks session sessions journal club group groups notes note summary summaries review reviews
    reviewed literature publications publication article articles resources resource other
    others misc miscellaneous uncategorized uncategorised unsorted general more latest recent
    new old must should priority high low medium queue backlog next now later discussed proposed
    candidate candidates history paperlist readme annotated awesome curated selected favorite
    favourite favorites favourites interesting useful inspiration inspirational program
    programme ideas suggestions suggested suggestion recommended recommendations required
    optional additional further supplementary supplemental extra important essential must-read
    link links covered not yet done finished read reading wishlist upcoming bookmarks collection
    introductory overview entries here below above topic topics category categories sections
    vorschläge programm plan termine literatur literaturliste leseliste vergangene kommende
    nächste treffen aktuelle séances séance passées prochaines prochaine calendrier propuestas
    próximas pasadas sesiones sesión artículos lecturas lista calendario programa anteriores
    liste calendar timetable roadmap syllabus
    план расписание семинар семинары список статьи статей литература прошедшие будущие
    calendario prossimi passati incontri calendário encontros programação anteriores
    일정 발표 발표목록 논문발표 스케줄 開催記録 候補 記録 発表済み スケジュール 予定 過去の発表
    今後の予定 発表一覧 輪読リスト
    安排 日程 日程安排 时间安排 计划 已读 待读 未读 推荐 必读 论文阅读 论文分享 讨论班 组会
    論文 論文リスト 論文一覧 一覧 リスト 目次 まとめ メモ 読書会 輪読会 輪読 论文 论文列表 列表
    综述 サーベイ 서베이 中文文献 英文文献 代表性工作 相关论文 重要论文 经典论文
    目录 笔记 论文笔记 阅读 阅读列表 논문 논문리스트 목록 목차 리스트 정리 리뷰
    스터디""".split()  # noqa: SIM905
)
_KINDS = frozenset(
    """survey surveys review reviews overview overviews misc miscellaneous other others list
    lists read reading need unsorted uncategorized done finished todo tbd archive past upcoming
    future history priority backlog queue schedule program programme papers-list 综述 其他
    その他 サーベイ 기타 서베이""".split()  # noqa: SIM905
)
_ASIDE = frozenset(
    """introduction intro about license licence contributing contribution contributions
    contributors acknowledgement acknowledgements acknowledgment acknowledgments contact
    contacts citation cite usage installation install changelog news updates faq description
    disclaimer motivation how-to guidelines guide rules instructions logistics references
    credits authors maintainers maintainer format template legend description requirements
    member members participants people team organizers organisers organizer study-members
    スタッフ 参加者
    メンバー 成员 参与者 스터디원 멤버 참여자 구성원 related-lists
    할-일 やること 待办 tareas tâches similar-lists star-history はじめに ライセンス 소개 简介
    介绍 说明 贡献 须知 参会须知 注意事项 规则 要求 参加方法 連絡先 注意 유의사항 안내 공지
    avisos normas règles regeln hinweise action-items actions agenda attendees announcements
    next-meeting logistics organizers housekeeping tasks cancelled 出席者 宿題 議題 与会人员
    참석자 tagesordnung teilnehmer aufgaben participants ordre-du-jour asistentes
    orden-del-día""".split()  # noqa: SIM905
)
_OTHER_WORKS = frozenset(
    """book books textbook textbooks course courses tutorial tutorials mooc moocs video videos
    lecture lectures blog blogs post posts website websites tool tools software code repo repos
    repository repositories framework frameworks library libraries package packages community
    communities podcast podcasts newsletter newsletters concept concepts glossary platforms
    conferences journals herramientas plataformas libros cursos conferencias revistas ferramentas
    livros conferências werkzeuge bücher kurse konferenzen zeitschriften outils livres cours revues
    strumenti libri corsi 书籍 教程 工具 课程 博客 会议 期刊 書籍 ツール 도구 책 강의""".split()  # noqa: SIM905
)
_OTHER_KINDS = frozenset(
    """github youtube open source online free fiction non awesome githubs infrastructure api apis
    web study documentation docs related similar sample samples example examples snippet snippets
    demo demos notebook notebooks material materials""".split()  # noqa: SIM905
)
_FOR = frozenset(("para", "pour", "per", "für", "zum", "zur"))
_ABOUT = re.compile(
    r"how to (?:add|contribute|use|join|participate|sign up|cite|present)\b|"
    r"(?:repo(?:sitory)?|folder|directory|file|project) (?:structure|layout|organi[sz]ation)$|"
    r"agenda and notes$|(?:ディレクトリ|フォルダ)構成$|(?:目录|文件|项目)结构$|"
    r"(?:폴더|디렉토리) ?구조$",
    re.IGNORECASE,
)
_UNREADY = re.compile(
    r"[(\[]?\s*+(?:coming soon|soon|tb[adc]|todo|to do|wip|"
    r"to be (?:added|done|written|announced|updated|continued|decided)|"
    r"work in progress|n/?a|none|untitled|waiting(?: for)? review|under construction|"
    r"待更新|待补充|未完|"
    r"paper (?:title|name)|論文タイトル|论文标题|논문 ?제목|準備中|작성 ?중|예정|"
    r"\.{3}|…|-++|\?++)\s*+[)\].!]*+\s*+",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^(none|n/a|nothing|tbd|tba)\s*\([^()]*\)$", re.IGNORECASE)
""""None (logistics only)"."""
LONGEST_TITLE = 300
"""Characters of a title at most."""


def words(text: str) -> list[str]:
    """The words of a text; each character counts in scripts without blanks."""
    return _WORD.findall(text)


def length(text: str) -> int:
    """How many words a text has; three characters of a script without blanks count as one."""
    runs = _CJK_RUN.findall(text)
    return len(words(text)) + sum((len(run) - 1) // 3 for run in runs)


def is_unready(text: str) -> bool:
    """Whether a text only promises one: "coming soon", "TBD", "..."."""
    text = _NOTHING.sub(r"\1", text.strip(" *_`"))
    return not text or bool(_UNREADY.fullmatch(text))


@memoize(8192)
def is_sentence(text: str) -> bool:
    """Whether a text says something about its subject rather than naming it."""
    text = text.strip(" \t*_>\"“”'`-")
    if is_unready(text):
        return False
    if len(_CJK.findall(text)) * 3 > len(text):
        return len(text) >= 8 and bool(_CJK_VERB.search(text) or "。" in text or len(text) > 24)
    count = len(words(text))
    if count < 4:
        return count == 3 and bool(_FINITE.search(text) and text.endswith("."))
    return bool(_FINITE.search(text) or (count >= 5 and _SENTENCE_END.search(text))) or count > 12


_OF_ITSELF = re.compile(
    r"\b(?:i|we|you|they|it|our|my|your|me|us|this|these|those|please|should|must|will|would|could|"
    r"paper|authors?|also|here|\w+n't)\b",
    re.IGNORECASE,
)


def may_name_work(text: str) -> bool:
    """Whether a sentence may be a title: "Sleep improves memory", "How large is a word?"."""
    is_plain = text[:1].isupper() and length(text) <= 16 and text[-1:] not in ".!:,;"
    return is_plain and not any(no.search(text) for no in (_OF_ITSELF, _INNER_END, _CJK))


def says_itself(text: str) -> bool:
    """Whether a line is somebody's remark: "this one looks relevant for us"."""
    return text[:1].islower() and _OF_ITSELF.search(text) is not None


@memoize(8192)
def prose_score(text: str) -> float:
    """From 0 (a title) to 1 (prose), by sentence ends, capitals, length and verbs."""
    text = text.strip()
    found = words(text)
    if not found:
        return 0.5
    if len(_CJK.findall(text)) * 3 > len(text):
        is_said = "。" in text or text.endswith(("？", "?")) or _CJK_VERB.search(text)
        return 0.9 if is_said or len(text) > 60 or ("，" in text and len(text) > 20) else 0.3
    score = 0.0
    score += 0.4 if _SENTENCE_END.search(text) and not text.endswith("?") else 0.0
    score += 0.5 if _INNER_END.search(text) else 0.0
    score += 0.2 if text[0].islower() else 0.0
    score += 0.3 if len(found) > 22 else 0.0
    score += 0.3 if _FINITE.search(text) else 0.0
    long = [word for word in found if len(word) > 3 and word.lower() not in SMALL_WORDS]
    capitals = sum(word[0].isupper() for word in long)
    score += 0.4 if len(found) > 3 and capitals < 0.4 * len(long) else 0.0
    return min(score, 1.0)


def looks_like_title(text: str) -> bool:
    """Whether a text may be the title of a paper."""
    return len(words(text)) >= 2 and len(text) <= LONGEST_TITLE and prose_score(text) < 0.5


def heading_name(text: str) -> str:
    """A heading as a name: no marks, numbering, emoji, brackets around it or colon at its end."""
    name = clean_title(text)
    if inside := re.fullmatch(r"\[([^\[\]]+)\]", name):
        name = inside[1].strip()
    return (name + "." if text.rstrip(" *_").endswith(("etc.", "al.")) else name).rstrip(":： ")


def names_no_subject(heading: str) -> bool:
    """Whether a heading only says that there are papers: "Full list of papers", "To read"."""
    found = words(heading.casefold().replace("-", " "))
    return bool(found) and all(word in _NO_SUBJECT or word.isdigit() for word in found)


def names_a_kind(heading: str) -> bool:
    """Whether a heading names a kind of document, a rest or an order of reading: "Surveys", "Misc",
    "To read".
    """
    return any(word in _KINDS or word.isdigit() for word in words(heading.casefold()))


def is_aside(heading: str) -> bool:
    """Whether a heading opens a part about the document: "Contributing", "How to add a paper"."""
    found = words(heading.casefold())
    is_about = len(found) <= 8 and bool(_ABOUT.match(heading.strip(" *_:#")))
    return is_about or "-".join(found) in _ASIDE


def names_other_works(heading: str) -> bool:
    """Whether a heading names what is no paper: "Books", "Courses & tutorials", "GitHub repos"."""
    found = words(heading.casefold())
    return bool(set(found) & _OTHER_WORKS) and all(
        word in _OTHER_WORKS | _NO_SUBJECT | _OTHER_KINDS | SMALL_WORDS | _FOR for word in found
    )


def looks_like_name(text: str) -> bool:
    """Whether a text may be the name or handle of one person."""
    text = text.strip().lstrip("@")
    if not text or len(text) > 40 or any(char.isdigit() for char in text.split(" ")[0][:1]):
        return False
    if _CJK.search(text):
        return len(text) <= 8 and not re.search(r"[\s、。,.:()]", text)
    return len(text.split()) <= 4 and bool(re.fullmatch(r"[^\W\d_][\w'’.\- ]*", text))


def has_verb(text: str) -> bool:
    """Whether a text holds a word of a sentence: "is", "shows", "we"."""
    return bool(_FINITE.search(text))


def names_institutions(text: str) -> bool:
    """Whether a text lists institutions and places: "University of X and Y Lab."."""
    if has_verb(text) or len(words(text)) > 60:
        return False
    long = [word for word in words(text) if len(word) > 3 and word.lower() not in SMALL_WORDS]
    capital = all(word[0].isupper() for word in long)
    return (bool(_GROUP.search(text)) and len(words(text)) <= 40) or (
        capital and 0 < len(words(text)) <= 14
    )


def looks_like_group(text: str) -> bool:
    """Whether a text names a group, a lab or an institution."""
    text = text.strip(" .")
    acronym = text.isupper() and 2 <= len(text) <= 6
    return len(words(text)) <= 8 and (acronym or bool(_GROUP.search(text)))


def ends_open(text: str) -> bool:
    """Whether a line must go on: it ends with a small word, a hyphen, a comma or a colon."""
    found = text.rstrip().rsplit(None, 1)
    return bool(found) and (
        found[-1].lower() in SMALL_WORDS or found[-1].endswith((",", ":", "-", "–"))
    )
