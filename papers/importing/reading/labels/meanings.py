"""Labels and headings that readers write over the parts of a review, in the languages of labs.

Collected from issue templates of English, Japanese, Korean and Chinese reading groups. A label
names a fact about the paper (`link`, `authors`, `date`, `venue`, `code`, `member`) or a part of the
review. What stands in `_MORE` belongs to no section (further reading, context) and is kept with the
summary under its own label, so that no line is lost.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, TypeGuard, get_args

from papers.importing.reading.drafts.review_text import Section
from papers.text.titles import without_emoji

Fact = Literal[
    "link",
    "authors",
    "date",
    "venue",
    "code",
    "member",
    "title",
    "paper",
    "tags",
    "subtopic",
    "group",
    "meeting",
    "aside",
]
"""`paper` is the title or its address, by what stands there; `meeting` the day it was discussed;
`aside` is about the meeting or the file (room, time, status) and is shown as left out.
"""
Meaning = Fact | Section
FACTS: frozenset[str] = frozenset(get_args(Fact))

_WORDS: dict[Meaning, str] = {
    "link": """ссылка|ссылки|
        link|links|paper link|paper links|paper url|paper_url|paper_link|paperurl|
        paperlink|arxiv|arxiv link|arxiv id|arxiv_id|arxivid|arxiv url|arxiv_url|pdf|pdf link|
        pdf url|pdf_url|url|urls|uri|href|doi|web|website|openreview|read at|available at|
        link to paper|links to paper|external link|論文リンク|論文へのリンク|論文url|
        論文情報・リンク|論文情報|リンク|资源|论文链接|链接|原文|地址|下载|논문 링크|논문링크|
        링크|원문|주소|lien|liens|verweis|adresse|enlace|enlaces|
        ligação|collegamento|enlace al artículo|lien vers l'article""",
    "paper": """статья|работа|статьи|
        required|optional|recommended|suggested|mandatory|primary|supplementary|
        main reading|optional reading|optional readings|pflicht|obligatoire|facultatif|
        obligatorio|opcional|必读|选读|必読|任意|필수|선택|paper|papers|article|articles|
        the paper|main paper|reading|readings|综述|
        required reading|paper(s)|論文|论文|논문|文献|papier|aufsatz|artikel|artículo|articulo|
        citation|full citation|full reference|reference (apa)|apa|literaturangabe|quellenangabe|
        référence|référence complète|referencia|riferimento|
        source|origin|materials|material|resources|resource|reference|
        artigo|articolo|text|texte|texto|testo""",
    "title": """название|заголовок|название статьи|
        title|paper title|paper_title|papertitle|paper name|paper_name|article title|
        name|work|talk title|paper title (conf/year of paper)|
        paper title (venue)|title of paper|title of the paper|名前|題名|タイトル|論文タイトル|
        論文名|标题|题目|题名|论文题目|论文标题|论文名称|论文名|名称|제목|논문 제목|논문제목|
        논문명|titre|titel|título|titulo|
        titolo""",
    "authors": """автор|авторы|
        authors|author|author(s)|author list|first author|authors list|affiliation|
        affiliations|written by|corresponding author|著者/所属機関|著者・所属機関|著者|作者|
        作者列表|第一作者|通讯作者|저자|저자명|auteur|auteurs|autor|autoren|autores|verfasser|
        autori|autrice|autora|autoras""",
    "group": """organization|organisation|organizations|institution|institutions|institute|lab|
        company|組織|所属|机构|单位|소속|기관""",
    "date": """год|日付|
        date|year|years|m.year|month|submitted|published|published on|publication date|
        publication year|pub date|publish date|pubdate|pub. year|release date|released|
        submission date|year of publication|投稿日付|投稿日時|公開日時|発行日|発表年|出版年|年|
        发表时间|发表日期|发表年份|时间|日期|年份|출판일|발행일|발행 연월|발행연월|게재일|
        発行年月|公開日|연도|년도|année|annee|jahr|datum|año|
        fecha|
        ano|anno""",
    "meeting": """дата|дата доклада|
        meeting|meeting date|session date|presentation date|presented on|presented|
        date of meeting|day|when|week|session|discussion date|read on|date read|date presented|
        date discussed|talk date|発表日|開催日|日時|読んだ日|汇报时间|分享日期|报告日期|
        阅读日期|발표일|날짜|일시|일자|발표 날짜|date de la séance|termin""",
    "venue": """журнал|出典|конференция|источник|convegno|
        venue|venues|publication title|journal title|container title|quelle|appeared in|
        appeared at|erschienen in|veröffentlicht in|paru dans|publié dans|publicado en|
        publication|conference|journal|conference or year|
        conference/journal|conf|conf.|journal/conference|published in|published at|publisher|
        pub|where|booktitle|venue/year|venue & year|conference/year|conf/year|year/venue|
        publication venue|会議|学会|会議名|掲載|会议|期刊|期刊/会议|会议/期刊|发表|发表于|来源|
        出处|출처|발표처|게재지|게재처|掲載誌|掲載先|학회|저널|학회/저널|게재|conférence|revue|konferenz|zeitschrift|congreso|
        revista|
        conferência|conferenza|rivista""",
    "code": """слайды|видео|код|материалы|презентация|материал|
        資料|code|code link|link to code|codes|source code|project|project page|
        project website|homepage|demo|github|github link|implementation|official code|dataset|
        datasets|slides|slide|presentation|video|videos|recording|talk|poster|blog|blog post|
        supplement|supplementary|other references|issue url|issueurl|repo|repository|
        presentation file|notebook|colab|youtube|実装コード|実装コードリンク|実装|参考資料|
        コード|スライド|発表資料|资料|代码|代码链接|源码|课件|幻灯片|视频|도움되는 자료|코드|
        발표자료|발표 자료|자료|영상|슬라이드|folien|diapositives|vidéo""",
    "member": """докладчик|докладчики|ведущий|рецензент|выступает|prelegent|spreker|föreläsare|
            presentatör|esittäjä|apresenta|presenta|présente|wer|qui|quién|quem|
        summarized by|summarised by|reviewed by|reviewer|reviewers|presenter|
        presenters|presenter(s)|presented by|presenting|leading|speaker|speakers|speaker(s)|
        discussion lead|discussion leader|discussion leaders|lead|leader|leads|led by|host|
        hosts|hosted by|moderator|moderators|moderated by|facilitator|facilitators|discussant|
        discussants|chair|notes by|read by|reader|readers|picked by|proposed by|suggested by|
        proposer|recommended by|recommender|nominated by|assigned to|assigned|assignee|
        assignees|owner|responsible|person|who|member|members|by|added by|summary by|volunteer|
        presenter name|censure|文責|発表者|担当|担当者|紹介者|提案者|読んだ人|分享人|分享者|
        报告人|主讲人|主讲|讲者|汇报人|推荐人|负责人|发表者|阅读人|발표자|발표|담당|담당자|
        리뷰어|작성자|진행자|présentateur|orateur|présenté par|vortragende|vortragender|
        referent|vorgestellt von|ponente|presentador|presenta|
        apresentador|apresentadora|apresentado por|orador|oradora|relatore|relatrice|
        presentato da|referentin|moderation|moderiert von|discussant|scribe|vortrag|intervenant|
        intervenante|animateur|expositor|expositora""",
    "tags": """тема|темы|ключевые слова|область|tópico|argomento|
        대분류|大分類|一级分类|label|labels|tags|tag|keywords|keyword|topics|categories|category|subject|subjects|area|areas|
        field|fields|theme|themes|topic|task|关键字|关键词|标签|分类|类别|领域|方向|主题|
        キーワード|タグ|分野|カテゴリ|テーマ|トピック|키워드|태그|분야|주제|토픽|카테고리|mots-clés|thème|thématique|
        schlagwörter|thema|palabras clave|tema""",
    "subtopic": """subtopic|sub-topic|sub topic|subtopics|subcategory|sub-category|sub category|
        subarea|sub-area|subfield|sub-field|subject area|subtheme|sub-theme|unterthema|
        unterkategorie|sous-thème|sous-catégorie|subtema|subcategoría|subcategoria|
        sottocategoria|サブカテゴリ|サブトピック|小分類|子领域|子类别|子方向|二级分类|细分方向|
        세부 분야|세부분야|소분류|подтема|подкатегория""",
    "aside": """key|item type|added date|read date|date read|date created|created at|updated at|
        accessed|last updated|
        type|kind|room|location|place|zoom|zoom link|zoom_link|meeting link|
        meet link|time|hour|duration|start|end|email|e-mail|mail|contact|status|state|priority|
        rating|stars|read|read?|done|votes|id|no|no.|num|number|nr|idx|index|aliases|cssclass|
        layout|permalink|published_at|created|updated|modified|date added|added|added on|
        citation count|citations|cited by|bibtex|bibtex key|citekey|isbn|issn|pages|volume|
        image|img|thumbnail|lang|language|draft|semester|term|attendees|attendance|snacks|food|
        場所|時間|会場|地点|会议室|教室|状态|评分|编号|序号|장소|시간|상태|번호|순번|회차|salle|
        lieu|heure|raum|ort|uhrzeit|sala|lugar|hora|impact factor|if|
        attendance|action items|agenda|teilnehmer|participants|timestamp|date added|
        local|luogo|orario|horário""",
    "takeaway": """tl;dr|tldr|tl dr|takeaway|takeaways|key takeaway|one sentence|
        one-sentence summary|in one sentence|一言でいうと|一言で言うと|一句话总结|一句话|
        한줄 요약|한 줄 요약|ひとことまとめ|一言まとめ|ひとこと|一言|一言で|3行まとめ|要点|en bref|
        kurz gesagt|in kürze|en una frase|em uma frase|core idea in one sentence""",
    "summary": """аннотация|краткое содержание|resumo|resumen|résumé|zusammenfassung|riassunto|
        aim|aims|objective|objectives|hypothesis|hypotheses|
        technical details|implementation details|
        figures|top figures|metadata|keypoints|contents|procedure|
        summary|review|reviews|abstract|overview|introduction|intro|detail|details|
        key idea|key ideas|main idea|main ideas|motivation|background|previous work|
        previous approaches|method|methods|methodology|approach|approaches|experiments|
        experiment|results|result|findings|key findings|evaluation|conclusion|conclusions|
        contribution|contributions|main contributions|problem|idea|task|architecture|model|
        objective|baseline|data|input/output|concept|goal|goals|algorithm|algorithms|training|
        theory|analysis|what|how|claim|claims|setup|key points|main points|notes on the paper|
        what did authors try to accomplish|problem statement|proposed method|proposed solution|
        solution|summary: problems to address, key ideas, quick results|
        what was the key elements of the approach|概要|要約|どんなもの|新規性・差分|新規性|
        先行研究と比べてどこがすごい|先行研究と比べて何がすごい|手法|提案手法|
        技術や手法の"キモ"はどこにある|技術や手法のキモはどこ|結果|検証|
        どうやって有効だと検証した|背景|目的|アプローチ|問題設定と解決した点|主張の有効性検証|
        実験|笔记|主要思想|摘要|创新点|方法|实验|总结|贡献|背景介绍|요약|문제|제안|방법|결과|
        내용|개요|배경|실험|기여""",
    "critique": """critique|critiques|criticism|opinion|my opinion|comment|comments|my comments|
        discussion|discussions & my thoughts|my thoughts|personal thoughts|thoughts|my take|
        limitation|limitations|limitation or 이해 안되는 부분|strengths|strength|strong points|
        weaknesses|weakness|weak points|pros|cons|pros and cons|what do you like|
        what you don't like|what i like|what i don't like|detailed comments|overall score|
        confidence score|remarks|assessment|コメント|議論はあるか|議論はある|議論|議論・所感|
        議論,展望|所感|感想|課題|不足|思考|评价|优点|缺点|局限|느낀점|느낀 점|총평|한계|한계점|
        장점|단점|의견|良い点|良かった点|悪い点|気になる点|気になった点|強み|弱み|コメント・感想|
        亮点|评论|点评|stärken|schwächen|kritik|points forts|points faibles|critique personnelle|
        avis|puntos fuertes|puntos débiles|crítica|comentarios|opinión""",
    "follow_up": """follow-up|follow up|follow-ups|followups|follow-up experiments|
        follow up experiments|experiments to run|experiments to try|how to improve|
        any new ideas|new ideas|ideas|improvements|reproducing results|
        what can you use yourself|next steps|next step|future work|future works|
        future directions|todo|to do|extensions|ideas for us|展望|今後の課題|今後|启发|未来工作|
        后续|고민해볼점|고민해볼 점|thinkings|idea for future|향후 연구""",
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
_COUNT = re.compile(r"\s*#?\d{1,2}$")
LONGEST_LABEL = 60
"""Characters of a label at most; a longer text is no label."""


@lru_cache(maxsize=8192)
def meaning_of(text: str) -> Meaning | None:
    """What a heading or a label announces, or None if it is not a known one."""
    if len(text) > LONGEST_LABEL:
        return None
    name = without_emoji(unicodedata.normalize("NFKC", text)).casefold().strip(_EDGES)
    name = _NUMBERING.sub("", name).strip(_EDGES)
    bare = _GLOSS.sub("", name).strip(_EDGES)
    found = _MEANINGS.get(name) or _MEANINGS.get(bare) or _numbered(bare)
    if found or bare.isascii():
        return found
    # Without blanks between words a label may run on: "結果と考察", "議論はあるか".
    return next((_MEANINGS[key] for key in _BY_LENGTH if bare.startswith(key)), None)


def _numbered(name: str) -> Meaning | None:
    """ "Paper 1", "論文2": one of several of a kind; only facts are counted so."""
    found = _COUNT.sub("", name) if name[-1:].isdigit() else name
    meaning = _MEANINGS.get(found.strip(_EDGES)) if found != name else None
    return meaning if meaning in ("paper", "title", "link", "member", "authors") else None


def section_meant(meaning: Meaning | None) -> Section | None:
    """The section of a review that a label announces, if it does."""
    return None if meaning is None or meaning in FACTS else meaning


def is_fact(meaning: Meaning | None) -> TypeGuard[Fact]:
    """Whether a label announces a fact about the paper rather than review text."""
    return meaning in FACTS


_KEYS: dict[str, Meaning] = {
    "anno": "summary",
    "annotation": "summary",
    "why": "summary",
    "description": "summary",
    "desc": "summary",
    "abstract": "summary",
    "tldr": "takeaway",
    "remarks": "summary",
    "rationale": "summary",
}


_TELLS = frozenset(("description", "summary", "abstract", "notes", "comments"))
"""What "article" and "paper" stand before without meaning the paper itself."""
_JOINED = re.compile(r"\s*(?:[&/,+、・和与]|\band\b)\s*")


@lru_cache(maxsize=4096)
def meaning_of_key(key: str) -> Meaning | None:
    """What a key of a data file or the head of a column announces; joined words count apart."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key)
    name = " ".join(re.split(r"[_\s-]+", spaced)).strip(_EDGES).casefold()
    bare = re.sub(r"\s*[(（\[].*[)）\]]\s*$", "", name).strip(_EDGES)
    for one in (name, key.casefold().strip(_EDGES), bare):
        if found := _KEYS.get(one) or meaning_of(one):
            return found
    parts = {meaning_of(part.strip(" .")) for part in _JOINED.split(bare)}
    if parts == {"venue", "date"}:
        return "venue"  # "Pub. & Year", "Conf, date"
    words = bare.split()
    if words[:1] == ["why"]:
        return "summary"
    if set(words) & {"added", "read", "created", "updated", "modified", "accessed", "imported"}:
        return "aside" if len(words) > 1 else None
    if words[-1:] and words[-1] in _TELLS and meaning_of(words[0]) == "paper":
        return "summary"
    # "Paper Title", "Link to the code": the last telling word decides.
    for word in (words[-1:] + words[:1]) if 1 < len(words) <= 4 else ():
        if (found := meaning_of(word)) in FACTS:
            return found
    return None
