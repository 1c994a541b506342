"""Issues of GitHub and GitLab: one issue a paper, the review in its text, the talk in comments.

GitHub: `gh issue list --json number,title,body,labels,assignees,author,comments,state,createdAt,
closedAt,url`, or the REST API, whose comments stand behind the issues. GitLab: the REST API
(`description`, `notes`), or an export.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from papers.importing.reading.drafts.understood import LinkDraft, Problem, SaidDraft
from papers.importing.reading.entries.entry import Entry, set_title
from papers.importing.reading.formats.data.json_objects import JsonRecord, as_list, as_text
from papers.importing.reading.issues.body import IssueText, read_issue_text
from papers.text.identifiers import find_urls, identify_all, is_paper_url, is_web_url
from papers.text.venues import known_venue

_NO_PAPER = re.compile(
    r"^(?:test\w*|practice|sample|ifttt|テスト|테스트|测试)\W*\d*$", re.IGNORECASE
)
_BOT = re.compile(r"\[bot\]$|-bot$|^(?:github-actions|dependabot|stale)$", re.IGNORECASE)
_PICTURE = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]+")
_LEADS = (
    re.compile(r"^\s*\[(?:paper ?notes?|paper|論文|논문|论文|\d{1,3})\]\s*", re.IGNORECASE),
    re.compile(r"^\s*(?:19|20)\d{6}\s+"),
    re.compile(r"^\s*((?:19|20)\d\d)\s*[:：]\s*"),
    re.compile(r"^\s*\[((?:19|20)\d\d)\]\s*"),
    re.compile(r"^\s*([A-Z][A-Za-z]+)[ '’-]*(?:(?:20)?\d\d)?\s*\|\s*"),
)
_TAIL = re.compile(
    r",\s*(?P<who>[^,]{2,40}\+)\s*,\s*(?P<where>[^,]{2,20}?)\s*['’](?P<year>\d\d)"
    r"(?:\s*,\s*(?:19|20)\d\d(?:\.\d\d)?)?\s*$"
)
_STATES = re.compile(
    r"^(?:done.*|wip|todo|to.?do|reading|read|in progress|help wanted|good first issue|question|"
    r"duplicate|invalid|bug|enhancement|documentation|wontfix|sota|novel idea|20\d\d\s?q[1-4]|"
    r"year\s*[:：]?\s*\d{4}|\d{4})$", re.IGNORECASE
)  # fmt: skip
_WITH_YEAR = re.compile(r"^([A-Za-z]{3,8})\W?(?:20)?\d\d$")


def form_of_issues(records: list[JsonRecord]) -> str:
    """ "GitHub issues" or "GitLab issues"; empty for other records."""
    for record in records[:20]:
        data = record.data
        if "title" not in data:
            continue
        if "description" in data and {"iid", "web_url", "notes"} & data.keys():
            return "GitLab issues"
        is_issue = {"number", "state", "html_url", "createdAt", "created_at"} & data.keys()
        if is_issue and ("body" in data or "comments" in data or "labels" in data):
            return "GitHub issues"
    return ""


def read_issues(records: list[JsonRecord], form: str) -> tuple[list[Entry], list[Problem]]:
    """A paper for each issue, or for each comment of a meeting's issue; and what was left out."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for record in _join_comments(records):
        issue = _Issue(record)
        if "pull_request" in record.data:
            continue
        if why := issue.find_fault():
            problems.append(Problem(record.line, why))
        elif found := list(issue.read_meeting()):
            entries += found
        else:
            entries.append(issue.read())
    return entries, problems


def _join_comments(records: list[JsonRecord]) -> list[JsonRecord]:
    """The issues, each with the comments that name its address in the REST API."""
    of: dict[str, list[Any]] = {}
    for record in records:
        if issue := as_text(record.data.get("issue_url")):
            of.setdefault(issue, []).append(record.data)
    issues = [record for record in records if not record.data.get("issue_url")]
    for record in issues:
        if said := of.get(as_text(record.data.get("url"))):
            record.data["comments"] = said
    return issues


class _Issue:
    """One issue with its fields under one name each, whoever wrote them."""

    def __init__(self, record: JsonRecord) -> None:
        data = record.data
        self.record = record
        self.title = as_text(data.get("title"))
        self.body = _plain(data.get("body") or data.get("description"))
        self.author = _login(data.get("author") or data.get("user"))
        self.at = as_text(data.get("createdAt") or data.get("created_at"))
        people = as_list(data.get("assignees")) or as_list(data.get("assignee"))
        self.assignees = [name for one in people if (name := _login(one))]
        urls = (data.get("html_url"), data.get("web_url"), data.get("url"))
        self.url = next((url for one in urls if is_web_url(url := as_text(one))), "")
        self.labels = [_label(one) for one in as_list(data.get("labels"))]
        said = data.get("comments")
        notes = said if isinstance(said, list) else as_list(data.get("notes"))
        self.comments = [one for one in notes if isinstance(one, dict) and not one.get("system")]

    def find_fault(self) -> str:
        """Why no paper is made of it; empty if one is."""
        names = {"title": self.title or "?", "line": self.record.line}
        number = as_text(self.record.data.get("number") or self.record.data.get("iid")) or "?"
        names["number"] = number
        if not any(map(str.isalnum, self.title)):
            return _("Issue %(number)s (line %(line)s) has no title and was skipped.") % names
        if _NO_PAPER.match(self.title.strip()):
            said = _("Issue %(number)s (“%(title)s”, line %(line)s) is a test and was skipped.")
            return said % names
        if is_web_url(self.title) and not read_issue_text(self.body).title:
            said = _(
                "The title of issue %(number)s (line %(line)s) is a link: %(title)s. Give the "
                "issue the paper's title and import the file again."
            )
            return said % names
        return ""

    def read(self) -> Entry:
        """The paper, its review, and what others said."""
        text = read_issue_text(self.body, self.record.line)
        entry = self._start(self.title if not is_web_url(self.title) else text.title, text)
        if is_web_url(self.title):
            entry.add_link(self.title)
        comments = list(self._read_comments(text))
        self._fill(entry, text)
        writer = text.member or self.author
        if entry.units:
            entry.said.append(SaidDraft("review", "", writer, self.at, entry.line))
        elif text.takes_part:
            entry.bracket = entry.bracket or " ".join(text.takes_part.split())[:1_000]
        entry.said += comments
        entry.members = list(dict.fromkeys(self.assignees))
        if self.url:
            entry.add_link(self.url, "issue")
        return entry

    def _start(self, title: str, text: IssueText) -> Entry:
        entry = Entry(self.record.line, max(self.record.end, self.record.line))
        entry.is_paper_page = True
        bare = _PICTURE.sub("", title).strip()
        for lead in _LEADS:
            if found := lead.match(bare):
                said = found[1] if lead.groups else ""
                if said.isdigit():
                    entry.year = int(said)
                elif said and known_venue(said):
                    entry.add_venue(said)
                elif said:
                    continue
                bare = bare[found.end() :]
        if found := _TAIL.search(bare):
            entry.add_venue(found["where"].strip())
            entry.year = entry.year or 2000 + int(found["year"])
            entry.authors = (found["who"].rstrip("+").strip(),) if not text.authors else ()
            bare = bare[: found.start()]
        year = entry.year
        set_title(entry, bare or title)
        entry.year = year or entry.year
        entry.written = self.title
        return entry

    def _fill(self, entry: Entry, text: IssueText) -> None:
        entry.authors = tuple(text.authors) or entry.authors
        if text.date:
            entry.date_it(text.date)
        entry.year = entry.year or text.year
        for venue in text.venues:
            entry.add_venue(venue)
        for url in text.urls:
            entry.add_link(url)
        for url, label in text.links:
            if is_paper_url(url):  # another paper: what it is called is not this one's name
                entry.links.append(LinkDraft("project", url, label[:80]))
            else:
                entry.add_link(url, label)
        entry.ids = entry.ids.join(identify_all(text.urls[:1]))
        entry.units = list(text.units)
        entry.bracket = " ".join(" ".join(text.notes).split())[:1_000]
        for label in self.labels:
            self._take_label(entry, label)
        entry.settle_year()

    def _take_label(self, entry: Entry, label: str) -> None:
        venue = _WITH_YEAR.match(label)
        if known_venue(label) or (venue and known_venue(venue[1])):
            entry.add_venue(label)
        elif not _STATES.match(label.strip()):
            entry.subjects.append(label)

    def _read_comments(self, text: IssueText) -> Iterator[SaidDraft]:
        """The author's own go on with the review; others' are the discussion."""
        for one in self.comments:
            writer, body = _login(one.get("author") or one.get("user")), _plain(_body_of(one))
            if not body.strip() or _BOT.search(writer):
                continue
            at = as_text(one.get("createdAt") or one.get("created_at"))
            line = self.record.line
            if writer == self.author and _has_headings(body):
                text.join(read_issue_text(body, line))
            else:
                yield SaidDraft("comment", body.strip(), writer, at, line)

    def read_meeting(self) -> Iterator[Entry]:
        """The papers of a meeting's issue: one for each comment that names one."""
        if any(map(is_paper_url, find_urls(self.body))):
            return
        found = []
        for one in self.comments:
            text = read_issue_text(_plain(_body_of(one)), self.record.line)
            if text.title and any(map(is_paper_url, text.urls)):
                found.append((one, text))
        if len(found) < 2:
            return
        for one, text in found:
            entry = self._start(text.title, text)
            self._fill(entry, text)
            entry.subjects = []
            entry.written = text.title
            writer = text.member or _login(one.get("author") or one.get("user"))
            at = as_text(one.get("createdAt") or one.get("created_at"))
            if entry.units:
                entry.said.append(SaidDraft("review", "", writer, at, entry.line))
            if self.url:
                entry.add_link(self.url, "issue")
            yield entry


def _plain(value: Any) -> str:
    return str(value).replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""


def _body_of(comment: dict[str, Any]) -> Any:
    return comment.get("body") or comment.get("note")


def _login(value: Any) -> str:
    if isinstance(value, dict):
        return as_text(value.get("login") or value.get("username") or value.get("name"))
    return as_text(value)


def _label(value: Any) -> str:
    if isinstance(value, dict):
        return as_text(value.get("name") or value.get("title"))
    return as_text(value)


def _has_headings(body: str) -> bool:
    return read_issue_text(body).has_review
