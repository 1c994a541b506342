"""What the headings of issues mean: the sections of reading groups' templates in four languages.

Collected from issue templates of English, Japanese, Korean and Chinese groups. A heading is looked
up as a whole, then by the longest of these that it begins with.
"""

import re
import unicodedata
from functools import lru_cache

_WORDS: dict[str, str] = {
    "link": """論文リンク|論文へのリンク|論文url|論文情報・リンク|論文情報|link|links|paper|
        paper link|arxiv|pdf|url|资源|论文链接|논문 링크|링크|origin|source|원문""",
    "authors": """著者/所属機関|著者・所属機関|著者|組織|所属|authors|author|affiliation|
        organization|作者|저자""",
    "date": """投稿日付(yyyy/mm/dd)|投稿日付|投稿日時(yyyy-mm-dd)|投稿日時|公開日時|date|year|
        submitted|发表时间|발표일""",
    "venue": """会議|publication|conference|conference or year|venue|journal|学会|会议""",
    "code": """実装コード|実装コードリンク|実装|code|project|demo|other references|参考資料|
        도움되는 자료|參考""",
    "member": """文責|censure|summarized by|reviewer|発表者|발표자|分享人|presenter""",
    "summary": """一言でいうと|概要|どんなもの|新規性・差分|新規性|先行研究と比べてどこがすごい|
        先行研究と比べて何がすごい|手法|提案手法|技術や手法の"キモ"はどこにある|
        技術や手法のキモはどこ|結果|検証|どうやって有効だと検証した|背景|目的|
        アプローチ|問題設定と解決した点|主張の有効性検証|tl;dr|tldr|abstract|overview|
        introduction|intro|details|key idea|key ideas|motivation|previous work|
        previous approaches|method|approach|experiments|results|result|evaluation|
        conclusion|contribution|contributions|problem|idea|task|architecture|objective|
        baseline|data|input/output|summary|
        summary: problems to address, key ideas, quick results|concept|
        what did authors try to accomplish|what was the key elements of the approach|
        一句话总结|关键字|笔记|主要思想|摘要|创新点|方法|实验|요약|문제|제안|방법|결과|
        내용""",
    "critique": """コメント|議論はあるか|議論はある|議論|議論・所感|議論,展望|所感|感想|課題|
        discussion|discussions & my thoughts|my thoughts|personal thoughts|thoughts|
        comment|comments|limitation|limitations|limitation or 이해 안되는 부분|
        strengths|weaknesses|pros|cons|what do you like|what you don't like|
        detailed comments|overall score|confidence score|느낀점|느낀 점|총평|한계|
        한계점|장점|단점|不足|思考|评价|notes""",
    "follow_up": """how to improve|any new ideas|new ideas|improvements|reproducing results|
        what can you use yourself|next steps|future work|todo|to do|展望|今後の課題|
        启发|고민해볼점|thinkings|idea for future""",
    "questions": """questions about the paper|questions|question|notes/questions|疑問点|不明点|
        疑問|이해 안되는 부분|질문|궁금한 점|问题|疑问""",
    "reading": """次に読むべき論文はあるか|次に読むべき論文は|次に読むべき論文|次に読みたい論文|
        next papers|papers to be read next|reading suggestion|further reading|related|
        related works|参考文献|interesting references""",
    "context": """何故読もうと思ったのか|i read this because|etc|その他|其他|appendix|補足|
        被引用数""",
}
"""A fact (link, authors, date, venue, code, member), a part of the review, `reading` (what to read
next) or `context` (no review)."""

_NUMBER = re.compile(r"^\s*(?:[(\[]?\d{1,2}[.)\]:、．]\s*|[①-⑳]\s*)")
_GLOSS = re.compile(r"\s*\([^()]*\)\s*$")
_SIGNS = re.compile(r"[#*_`\"“”'’]+")


def _fold(text: str) -> str:
    return " ".join(text.split())


_MEANS = {
    _fold(_SIGNS.sub("", word)): meaning
    for meaning, words in _WORDS.items()
    for word in words.split("|")
}
_BY_LENGTH = sorted(_MEANS, key=len, reverse=True)


@lru_cache(maxsize=4096)
def meaning_of_heading(heading: str) -> str:
    """What stands below a heading; empty if it is none of these."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = _SIGNS.sub("", _NUMBER.sub("", _SIGNS.sub("", text).strip())).strip()
    for one in (text, _GLOSS.sub("", text)):
        word = _fold(one.strip(" :?!,。、-"))
        if found := _MEANS.get(word) or _MEANS.get(word.replace('"', "")):
            return found
    start = _fold(_GLOSS.sub("", text).strip(" :?!,。、-"))
    return next((_MEANS[word] for word in _BY_LENGTH if _begins(start, word)), "")


def _begins(text: str, word: str) -> bool:
    """Whether a heading begins with a word as a whole; without blanks in scripts that have none."""
    if not text.startswith(word) or len(word) < 2:
        return False
    rest = text[len(word) :]
    return not (rest[:1].isalnum() and rest[0].isascii()) and (
        not word.isascii() or not rest or len(rest) <= 40
    )
