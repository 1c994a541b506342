"""Data files (YAML, JSON, TOML) and front matter: mappings become records, groups of them
sections.
"""

import re

from django.utils.translation import gettext as _

from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.formats.data.data_values import (
    CannotRead,
    parse_json,
    parse_toml,
    parse_yaml,
)
from papers.importing.reading.formats.data.growing import groups, grow_value
from papers.importing.reading.outline.document import Outline
from papers.importing.reading.outline.grower import Grower, new_outline


def read_data(text: str, form: str) -> Outline:
    """The tree of a whole data file; a problem says why there is none."""
    outline = new_outline(text, form)
    try:
        if form == "JSON":
            value = parse_json(text)
        elif form == "TOML":
            value = parse_toml(text)
        else:
            value = parse_yaml(text)
    except CannotRead as error:
        outline.problems.append(
            Problem(
                error.line,
                _("This looks like %(form)s, but it isn't valid from line %(line)s on (%(why)s).")
                % {"form": form, "line": error.line, "why": error.why},
            )
        )
        return outline
    grower = Grower(outline)
    grower.whole = value if value.kind == "map" and len(groups(value)) == 1 else None
    grow_value(value, grower)
    return outline


def grow_front(outline: Outline, grower: Grower) -> None:
    """Front matter as a record of the page; what cannot be read is told."""
    if not outline.front:
        return
    try:
        parse = parse_toml if outline.front_is_toml else parse_yaml
        value = parse(outline.front, outline.front_start)
    except CannotRead as error:
        outline.problems.append(Problem(error.line, _sentence(error)))
        outline.use(outline.front_start, outline.front_start + outline.front.count("\n"))
        return
    if value.kind == "map":
        grow_value(value, grower, page=True)


def _sentence(error: CannotRead) -> str:
    if error.why == "nested too deeply":
        return _(
            "The front matter is nested too deeply and was skipped. "
            "Use plain keys, values and lists."
        )
    return _(
        "The front matter isn't valid YAML from line %(line)s on (%(why)s), so it was skipped. "
        "Quote values that contain a colon, and indent with spaces."
    ) % {"line": error.line, "why": error.why}


_TEXT_NAMES = (
    ".md",
    ".markdown",
    ".mdx",
    ".txt",
    ".text",
    ".rst",
    ".org",
    ".html",
    ".htm",
    ".csv",
    ".tsv",
    ".bib",
)


def data_form(text: str, name: str) -> str:
    """ "YAML", "JSON" or "TOML" if the file is one by its name or by its beginning, else ""."""
    lower = name.lower()
    for ends, form in (
        ((".yml", ".yaml"), "YAML"),
        ((".json", ".jsonl", ".ndjson"), "JSON"),
        ((".toml",), "TOML"),
    ):
        if lower.endswith(ends):
            return form
    if lower.endswith(_TEXT_NAMES):
        return ""
    head = text.lstrip()[:2000]
    if re.match(r"[\[{]\s*[\[{\"]", head) and text.rstrip()[-1:] in "]}":
        return "JSON"
    lines = [
        line for line in head.split("\n")[:-1] if line.strip() and not line.lstrip().startswith("#")
    ]
    keyed = sum(bool(re.match(r"\s*(?:- )?[\w-]+:(?:\s|$)", line)) for line in lines)
    if (
        len(lines) >= 4
        and keyed * 10 >= len(lines) * 8
        and re.match(r"(?:---\s*\n)?\s*(?:#.*\n\s*)*(?:- )[\w-]+:\s", head)
    ):
        return "YAML"
    return ""
