"""Labels and headings that readers write over the parts of a review, in the languages of labs.

Collected from issue templates of English, Japanese, Korean and Chinese reading groups. A label
names a fact about the paper (`link`, `authors`, `date`, `venue`, `code`, `member`) or a part of the
review. What stands in `_MORE` belongs to no section (further reading, context) and is kept with the
summary under its own label, so that no line is lost.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, TypeGuard, cast, get_args

from papers.importing.reading.drafts import Section

Fact = Literal["link", "authors", "date", "venue", "code", "member", "title", "tags", "group"]
Meaning = Fact | Section
FACTS: frozenset[str] = frozenset(get_args(Fact))

_WORDS: dict[Meaning, str] = {
    "link": """link|links|paper|paper link|paper url|arxiv|arxiv link|pdf|url|doi|source|origin|
        openreview|article|論文リンク|論文へのリンク|論文url|論文情報・リンク|論文情報|リンク|
        资源|论文链接|论文|链接|原文|논문 링크|논문|링크|원문""",
    "title": "title|paper title|paper name|題名|タイトル|论文题目|标题|题目|제목|논문 제목",
    "authors": """authors|author|author(s)|affiliation|affiliations|written by|著者/所属機関|
        著者・所属機関|著者|作者|저자""",
    "group": "organization|organisation|institution|institute|lab|group|組織|所属|机构|单位|소속",
    "date": """date|year|submitted|published|published on|publication date|投稿日付|投稿日時|
        公開日時|
        発行日|发表时间|时间|日期|年份|발표일|날짜|연도""",
    "venue": """venue|publication|conference|journal|conference or year|published in|published at|
        会議|
        学会|会议|期刊|출처|학회""",
    "code": """code|project|project page|demo|github|implementation|dataset|slides|video|
        other references|実装コード|実装コードリンク|実装|参考資料|代码|도움되는 자료|코드""",
    "member": """summarized by|summarised by|reviewed by|reviewer|reviewers|presenter|presenters|
        presented by|speaker|speakers|discussion lead|notes by|read by|censure|文責|発表者|担当|
        担当者|紹介者|발표자|발표|分享人|报告人|主讲人|主讲""",
    "tags": "tags|tag|keywords|keyword|topics|关键字|关键词|キーワード|키워드|태그",
    "takeaway": """tl;dr|tldr|tl dr|takeaway|takeaways|key takeaway|one sentence|
        one-sentence summary|
        in one sentence|一言でいうと|一言で言うと|一句话总结|一句话|한줄 요약|한 줄 요약""",
    "summary": """summary|review|reviews|abstract|overview|introduction|intro|detail|details|
        key idea|
        key ideas|main idea|main ideas|motivation|background|previous work|previous approaches|
        method|methods|methodology|approach|approaches|experiments|experiment|results|result|
        findings|key findings|evaluation|conclusion|conclusions|contribution|contributions|
        main contributions|problem|idea|task|architecture|model|objective|baseline|data|
        input/output|concept|goal|goals|algorithm|algorithms|training|theory|analysis|what|how|
        claim|claims|setup|key points|main points|notes on the paper|
        what did authors try to accomplish|problem statement|proposed method|proposed solution|
        solution|summary: problems to address, key ideas, quick results|
        what was the key elements of the approach|概要|要約|どんなもの|新規性・差分|新規性|
        先行研究と比べてどこがすごい|先行研究と比べて何がすごい|手法|提案手法|
        技術や手法の"キモ"はどこにある|技術や手法のキモはどこ|結果|検証|
        どうやって有効だと検証した|背景|目的|アプローチ|問題設定と解決した点|主張の有効性検証|
        実験|笔记|主要思想|摘要|创新点|方法|实验|总结|贡献|背景介绍|요약|문제|제안|방법|결과|
        내용|개요|배경|실험|기여""",
    "critique": """critique|critiques|criticism|opinion|my opinion|comment|comments|my comments|
        discussion|
        discussions & my thoughts|my thoughts|personal thoughts|thoughts|my take|limitation|
        limitations|limitation or 이해 안되는 부분|strengths|strength|strong points|weaknesses|
        weakness|weak points|pros|cons|pros and cons|what do you like|what you don't like|
        what i like|what i don't like|detailed comments|overall score|confidence score|remarks|
        assessment|コメント|議論はあるか|議論はある|議論|議論・所感|議論,展望|所感|感想|課題|
        不足|思考|评价|优点|缺点|局限|느낀점|느낀 점|총평|한계|한계점|장점|단점|의견""",
    "follow_up": """follow-up|follow up|follow-ups|followups|follow-up experiments|
        follow up experiments|
        experiments to run|experiments to try|how to improve|any new ideas|new ideas|ideas|
        improvements|reproducing results|what can you use yourself|next steps|next step|
        future work|future works|future directions|todo|to do|extensions|ideas for us|展望|
        今後の課題|今後|启发|未来工作|后续|고민해볼점|고민해볼 점|thinkings|idea for future|
        향후 연구""",
    "questions": """questions about the paper|questions|question|open questions|notes/questions|
        unclear points|what i did not understand|疑問点|不明点|疑問|わからない点|
        이해 안되는 부분|질문|궁금한 점|问题|疑问""",
}
_MORE = """next papers|papers to be read next|reading suggestion|further reading|related|
        related work|related works|references|interesting references|to read next|
        次に読むべき論文はあるか|次に読むべき論文は|次に読むべき論文|次に読みたい論文|参考文献|
        何故読もうと思ったのか|i read this because|why i read this|etc|その他|其他|appendix|
        補足|被引用数|notes|note|misc"""


def _entries(words: str) -> list[str]:
    return [" ".join(word.split()).casefold() for word in words.split("|")]


_MEANINGS: dict[str, Meaning] = {
    word: meaning for meaning, words in _WORDS.items() for word in _entries(words)
}
_MEANINGS |= dict.fromkeys(_entries(_MORE), "summary")
_BY_LENGTH = sorted((w for w in _MEANINGS if not w.isascii() and len(w) > 1), key=len, reverse=True)
_EDGES = " \t#*_`:：?？!！.。-–—|>~「」【】[]"
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.)）、:]|\d{1,2}(?=\D)|[①-⑳])\s*")
_GLOSS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
LONGEST_LABEL = 60
"""Characters of a label at most; a longer text is no label."""


@lru_cache(maxsize=8192)
def meaning_of(text: str) -> Meaning | None:
    """What a heading or a label announces, or None if it is not a known one."""
    if len(text) > LONGEST_LABEL:
        return None
    name = unicodedata.normalize("NFKC", text).casefold().strip(_EDGES)
    name = _NUMBERING.sub("", name).strip(_EDGES)
    bare = _GLOSS.sub("", name).strip(_EDGES)
    found = _MEANINGS.get(name) or _MEANINGS.get(bare)
    if found or bare.isascii():
        return found
    # Without blanks between words a label may run on: "結果と考察", "議論はあるか".
    return next((_MEANINGS[key] for key in _BY_LENGTH if bare.startswith(key)), None)


def section_meant(meaning: Meaning | None) -> Section | None:
    """The section of a review that a label announces, if it does."""
    return None if meaning is None or meaning in FACTS else cast("Section", meaning)


def is_fact(meaning: Meaning | None) -> TypeGuard[Fact]:
    """Whether a label announces a fact about the paper rather than review text."""
    return meaning in (
        "link",
        "authors",
        "date",
        "venue",
        "code",
        "member",
        "title",
        "tags",
        "group",
    )
