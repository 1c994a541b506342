"""A language in which every text that is marked for translation can be told from one that is not.

Marked texts come out in the letters of another alphabet; what people of the lab wrote is put into
Greek. What is left in plain Latin letters was never marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.db import connection, models
from django.utils.translation import trans_real

CODE = "xx"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARKED = "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ"
GREEK = "αβψδεφγηιξκλμνοπϙρστθωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϘΡΣΤΘΩΫΧΥΖ"
_MARK = str.maketrans(PLAIN, MARKED)
# Places for values, tags and entities stay as they are.
_KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;)")
DATE_FORMAT = "a date format\x04"


def mark(text: str) -> str:
    """The text as this language has it."""
    pieces = _KEPT.split(text)
    return "".join(one if n % 2 else one.translate(_MARK) for n, one in enumerate(pieces))


class PseudoTranslation(trans_real.DjangoTranslation):
    """Translates whatever it is asked for, as long as it is asked."""

    def __init__(self) -> None:
        super().__init__("en")

    def gettext(self, message: str) -> str:
        """Formats of dates are letters with a meaning; contexts are for translators."""
        if message.startswith(DATE_FORMAT):
            return message.partition("\x04")[2]
        return mark(message.partition("\x04")[2] or message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Both forms are marked."""
        one, many = msgid1.rpartition("\x04")[2], msgid2.rpartition("\x04")[2]
        return mark(one if n == 1 else many)

    def to_language(self) -> str:
        return CODE


NAMES = {"slug", "path", "password", "email", "digest", "key", "language", "time_zone", "timezone",
         "url", "link", "token_hash", "normalized", "value", "shape", "template", "message_id",
         "to", "version", "text_hash", "doc", "why", "section",
         "session_key", "session_data"}  # fmt: skip
"""Columns that hold codes and addresses, or what has to be found again."""


def write_in_greek() -> None:
    """What people wrote, wherever it is kept."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("papers").get_models():
            for field in model._meta.concrete_fields:
                if statement := _translate(model, field):
                    cursor.execute(statement, [PLAIN, GREEK])
        authors = "UPDATE papers_paper SET authors = translate(authors::text, %s, %s)::text[]"
        cursor.execute(authors, [PLAIN, GREEK])


def _translate(model: type[models.Model], field: models.Field) -> str:
    table, column = model._meta.db_table, connection.ops.quote_name(field.column)
    is_text = isinstance(field, (models.CharField, models.TextField))
    if not is_text or field.choices or field.generated or field.name in NAMES:
        return ""
    if field.name in {"kind", "ending", "state", "verdict", "depth", "phase", "work"}:
        return ""
    if field.name.endswith("_html"):
        return f"UPDATE {table} SET {column} = '<p>ω</p>' WHERE {column} <> translate('', %s, %s)"
    return f"UPDATE {table} SET {column} = translate({column}, %s, %s)"


SEEN = ("title", "aria-label", "placeholder", "alt", "data-confirm")
SILENT = {"script", "style", "code", "kbd", "pre", "template", "textarea"}
OWN = re.compile(r"\S+@\S+|https?://\S+|/\S+|@\S+|#\S+|\?\S+")
WORDS = re.compile(r"[A-Za-z]{2,}")
PROPER = {
    "arXiv", "DOI", "BibTeX", "OpenReview", "URL", "PDF", "Slack", "Mattermost", "Discord", "UTC",
    "English", "Ctrl", "DRAFT", "md", "APA", "IEEE", "ACM", "MLA", "RIS", "CSL", "JSON", "CSV",
    "LaTeX", "biblatex", "Markdown", "Word", "HTML", "Jekyll", "API", "OpenAPI", "RFC",
}  # fmt: skip
"""Names that are the same in every language."""


class _Reader(HTMLParser):
    """The texts of a page that somebody reads or hears."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.silent: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if not self.silent:
            self.found += [values[name] or "" for name in SEEN if name in values]
        is_code = "mono" in (values.get("class") or "") or values.get("name") == "time_zone"
        is_code = is_code or (values.get("lang") == "en" and tag != "html")  # it says so itself
        if ((tag in SILENT or is_code) and tag not in {"input", "link", "meta"}) or (
            self.silent and tag == self.silent[0]
        ):
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def list_unmarked(html: str) -> Iterator[str]:
    """Texts of a page with words that no catalog can translate."""
    reader = _Reader()
    reader.feed(html)
    for text in reader.found:
        words = [word for word in WORDS.findall(OWN.sub(" ", text)) if word not in PROPER]
        if words:
            yield " ".join(text.split())
