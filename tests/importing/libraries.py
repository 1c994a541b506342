"""Invented papers, and files of them as reference managers and trackers write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

from tests.importing.library_sheets import write_mendeley_csv, write_paperpile_csv, write_zotero_csv
from tests.importing.library_works import WORKS, Work


def write_ris() -> str:
    lines = []
    for work in WORKS:
        lines += ["TY  - JOUR", f"TI  - {work.title}"]
        lines += [f"AU  - {family}, {given}" for given, family in work.people]
        lines += [f"AB  - {work.abstract}"] if work.abstract else []
        lines += [f"T2  - {work.venue}", f"PY  - {work.year}", f"DA  - {work.year}/03/07/"]
        lines += (
            [f"DO  - {work.doi}"] if work.doi else [f"UR  - https://arxiv.org/abs/{work.arxiv}"]
        )
        lines += [f"L1  - {work.pdf}", *(f"KW  - {tag}" for tag in work.tags)]
        lines += [f"N1  - {work.note}"] if work.note else []
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)


def write_nbib() -> str:
    lines = []
    for work in WORKS:
        lines += [f"PMID- {30000000 + work.number}", "OWN - NLM"]
        first, _, rest = work.title.partition(" number ")
        lines += [f"TI  - {first}", f"      number {rest}"]
        lines += [f"FAU - {family}, {given}" for given, family in work.people]
        lines += [f"AU  - {family} {given[0]}" for given, family in work.people]
        lines += [f"AB  - {work.abstract}"] if work.abstract else []
        lines += [f"JT  - {work.venue}", f"DP  - {work.year} Mar 7"]
        lines += [f"LID - {work.doi} [doi]"] if work.doi else []
        lines += [*(f"OT  - {tag}" for tag in work.tags), ""]
    return "\n".join(lines)


def write_csl() -> str:
    return json.dumps([_csl(work) for work in WORKS], ensure_ascii=False, indent=2)


def _csl(work: Work) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": f"http://zotero.org/users/1/items/{work.number}",
        "type": "article-journal",
        "title": work.title,
        "container-title": work.venue,
        "author": [{"family": family, "given": given} for given, family in work.people],
        "issued": {"date-parts": [[str(work.year), 3, 7]]},
        "keyword": ", ".join(work.tags),
        "URL": work.pdf,
    }
    data |= {"abstract": work.abstract} if work.abstract else {}
    data |= {"DOI": work.doi} if work.doi else {"note": f"arXiv:{work.arxiv} [cs]"}
    return data | ({"annote": work.note} if work.note else {})


def write_zotero_json() -> str:
    folders = sorted({work.folder[:n] for work in WORKS for n in range(1, len(work.folder) + 1)})
    keys = {folder: f"K{n}" for n, folder in enumerate(folders)}
    collections = {
        key: {"key": key, "name": folder[-1], "parent": keys.get(folder[:-1], ""), "items": [
            work.number for work in WORKS if work.folder == folder]}
        for folder, key in keys.items()
    }  # fmt: skip
    items = [
        {
            "itemID": work.number, "itemType": "conferencePaper", "title": work.title,
            "creators": [{"firstName": given, "lastName": family, "creatorType": "author"}
                         for given, family in work.people],
            "abstractNote": work.abstract, "proceedingsTitle": work.venue,
            "date": f"{work.year}-03-07", "DOI": work.doi,
            "extra": f"arXiv: {work.arxiv} [cs]" if work.arxiv else "",
            "tags": [{"tag": tag} for tag in work.tags],
            "notes": [{"note": f"<p>{work.note}</p>"}] if work.note else [],
            "attachments": [{"url": work.pdf, "title": "PDF"}],
        }
        for work in WORKS
    ]  # fmt: skip
    whole = {"config": {"id": "x"}, "collections": collections, "items": items}
    return json.dumps(whole, ensure_ascii=False)


def write_zotero_rdf() -> str:
    parts = ['<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
             'xmlns:z="http://www.zotero.org/namespaces/export#" '
             'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" '
             'xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/" '
             'xmlns:dc="http://purl.org/dc/elements/1.1/" '
             'xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">']  # fmt: skip
    for work in WORKS:
        names = "".join(
            f"<rdf:li><foaf:Person><foaf:surname>{escape(family)}</foaf:surname>"
            f"<foaf:givenName>{given}</foaf:givenName></foaf:Person></rdf:li>"
            for given, family in work.people
        )
        people = f"<bib:authors><rdf:Seq>{names}</rdf:Seq></bib:authors>" if names else ""
        tags = "".join(f"<dc:subject>{tag}</dc:subject>" for tag in work.tags)
        doi = f"<dc:identifier>DOI {work.doi}</dc:identifier>" if work.doi else ""
        extra = f"<dc:description>arXiv: {work.arxiv} [cs]</dc:description>" if work.arxiv else ""
        note = f'<dcterms:isReferencedBy rdf:resource="#note_{work.number}"/>' if work.note else ""
        parts.append(
            f'<bib:Article rdf:about="#item_{work.number}"><z:itemType>journalArticle</z:itemType>'
            f"<dcterms:isPartOf><bib:Journal><dc:title>{work.venue}</dc:title>{doi}</bib:Journal>"
            f"</dcterms:isPartOf>{people}{note}"
            f'<link:link rdf:resource="#file_{work.number}"/>{tags}'
            f"<dc:title>{escape(work.title)}</dc:title>"
            f"<dcterms:abstract>{escape(work.abstract)}</dcterms:abstract>"
            f"<dc:date>{work.year}-03-07</dc:date>{extra}</bib:Article>"
        )
        if work.note:
            text = escape(f"<p>{work.note}</p>")
            parts.append(
                f'<bib:Memo rdf:about="#note_{work.number}"><rdf:value>{text}</rdf:value></bib:Memo>'
            )
        parts.append(
            f'<z:Attachment rdf:about="#file_{work.number}"><z:itemType>attachment</z:itemType>'
            f"<dc:identifier><dcterms:URI><rdf:value>{work.pdf}</rdf:value></dcterms:URI>"
            f"</dc:identifier><dc:title>PDF</dc:title></z:Attachment>"
        )
    folders = sorted({work.folder[:n] for work in WORKS for n in range(1, len(work.folder) + 1)})
    for number, folder in enumerate(folders):
        inner = [f"#collection_{n}" for n, one in enumerate(folders) if one[:-1] == folder]
        inner += [f"#item_{work.number}" for work in WORKS if work.folder == folder]
        held = "".join(f'<dcterms:hasPart rdf:resource="{about}"/>' for about in inner)
        parts.append(
            f'<z:Collection rdf:about="#collection_{number}"><dc:title>{folder[-1]}</dc:title>'
            f"{held}</z:Collection>"
        )
    return "\n".join([*parts, "</rdf:RDF>"])


def write_endnote_xml() -> str:
    records = []
    for work in WORKS:
        names = "".join(
            f'<author><style face="normal">{escape(family)}, {given}</style></author>'
            for given, family in work.people
        )
        words = "".join(f"<keyword><style>{tag}</style></keyword>" for tag in work.tags)
        number = f"<electronic-resource-num><style>{work.doi}</style></electronic-resource-num>"
        url = f"<url><style>https://arxiv.org/abs/{work.arxiv}</style></url>" if work.arxiv else ""
        records.append(
            f'<record><rec-number>{work.number}</rec-number><ref-type name="Journal Article">17'
            f"</ref-type><contributors><authors>{names}</authors></contributors><titles><title>"
            f'<style face="normal" font="default">{escape(work.title)}</style></title>'
            f"<secondary-title><style>{work.venue}</style></secondary-title></titles>"
            f"<keywords>{words}</keywords><dates><year><style>{work.year}</style></year></dates>"
            f"{number if work.doi else ''}<abstract><style>{escape(work.abstract)}</style></abstract>"
            f"<notes><style>{work.note}</style></notes><urls><related-urls>{url}</related-urls>"
            f"<pdf-urls><url>{work.pdf}</url></pdf-urls></urls></record>"
        )
    head = '<?xml version="1.0" encoding="UTF-8" ?><xml><records>'
    return head + "\n".join(records) + "</records></xml>"


def write_paperpile_json() -> str:
    return json.dumps(
        [
            {
                "_id": str(work.number), "pubtype": "ARTICLE", "title": work.title,
                "author": [{"first": given, "last": family} for given, family in work.people],
                "journal": work.venue, "published": {"year": str(work.year), "month": "3", "day": "7"},
                "doi": work.doi, "arxivid": work.arxiv, "abstract": work.abstract,
                "url": [work.pdf], "foldersNamed": ["/".join(work.folder)] if work.folder else [],
                "keywords": ", ".join(work.tags), "notes": work.note,
            }
            for work in WORKS
        ],
        ensure_ascii=False, indent=1,
    )  # fmt: skip


def write_mendeley_json() -> str:
    return json.dumps(
        [
            {
                "id": str(work.number), "type": "journal", "title": work.title,
                "authors": [{"first_name": g, "last_name": f} for g, f in work.people],
                "year": work.year, "month": 3, "day": 7, "source": work.venue, "profile_id": "p",
                "identifiers": {"doi": work.doi} if work.doi else {"arxiv": work.arxiv},
                "abstract": work.abstract, "websites": [work.pdf], "keywords": work.tags,
                "folders": ["/".join(work.folder)] if work.folder else [], "notes": work.note,
            }
            for work in WORKS
        ],
        ensure_ascii=False,
    )  # fmt: skip


def write_github() -> str:
    return json.dumps([_issue(work) for work in WORKS], ensure_ascii=False, indent=2)


def _issue(work: Work) -> dict[str, Any]:
    link = f"https://arxiv.org/abs/{work.arxiv}" if work.arxiv else f"https://doi.org/{work.doi}"
    body = (
        f"**Link**: {link}\r\n**Authors**: {', '.join(work.authors)}\r\n\r\n## Summary\r\n"
        f"Number {work.number} is shown to hold.\r\n\r\n## Limitations\r\n- Few seeds.\r\n"
    )
    return {
        "number": work.number, "title": work.title, "body": body,
        "labels": [{"name": work.folder[-1]}] if work.folder else [],
        "assignees": [{"login": "ben"}] if work.number % 3 == 0 else [],
        "author": {"login": "ada"},
        "comments": [{"author": {"login": "cy"}, "body": work.note,
                      "createdAt": f"{work.year}-04-01T10:00:00Z"}] if work.note else [],
        "state": "OPEN", "createdAt": f"{work.year}-03-07T10:00:00Z", "closedAt": None,
        "url": f"https://github.com/lab/papers/issues/{work.number}",
    }  # fmt: skip


def write_gitlab() -> str:
    made = []
    for work in WORKS:
        issue = _issue(work)
        made.append({
            "iid": work.number, "title": issue["title"], "description": issue["body"],
            "labels": [one["name"] for one in issue["labels"]], "author": {"username": "ada"},
            "assignees": [{"username": one["login"]} for one in issue["assignees"]],
            "state": "opened", "created_at": issue["createdAt"], "closed_at": None,
            "web_url": f"https://gitlab.com/lab/papers/-/issues/{work.number}",
            "notes": [
                {"body": "changed the title", "system": True, "author": {"username": "ada"}},
                *({"body": one["body"], "author": {"username": "cy"},
                   "created_at": one["createdAt"]} for one in issue["comments"]),
            ],
        })  # fmt: skip
    return json.dumps(made, ensure_ascii=False)


FILES: dict[str, tuple[str, Callable[[], str]]] = {
    "RIS": ("library.ris", write_ris),
    "PubMed": ("pubmed.nbib", write_nbib),
    "CSL JSON": ("library.json", write_csl),
    "Zotero JSON": ("My Library.json", write_zotero_json),
    "Zotero RDF": ("My Library.rdf", write_zotero_rdf),
    "EndNote XML": ("My EndNote Library.xml", write_endnote_xml),
    "Paperpile JSON": ("paperpile.json", write_paperpile_json),
    "Mendeley JSON": ("mendeley.json", write_mendeley_json),
    "Zotero CSV": ("My Library.csv", write_zotero_csv),
    "Paperpile CSV": ("paperpile.csv", write_paperpile_csv),
    "Mendeley CSV": ("mendeley.csv", write_mendeley_csv),
    "GitHub issues": ("issues.json", write_github),
    "GitLab issues": ("gitlab.json", write_gitlab),
}
"""A file of each format by its name."""
