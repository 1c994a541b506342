"""What the size and the first bytes of a document tell, before anything reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.importing.reading.drafts.understood import Problem

LARGEST_LIST = 3_000_000
"""Bytes of a list at most: about 20,000 entries, far above any list kept by hand."""

LARGEST_BYTES = 20_000_000
"""Bytes of any document at most: a bibliography of 10,000 entries with their abstracts."""

_MAGIC = (
    (b"%PDF-", gettext_lazy("a PDF")),
    (b"PK\x03\x04", gettext_lazy("a ZIP archive or an Office document")),
    (b"\x1f\x8b", gettext_lazy("a gzip archive")),
    (b"\x89PNG", gettext_lazy("a picture")),
    (b"\xff\xd8\xff", gettext_lazy("a picture")),
    (b"GIF8", gettext_lazy("a picture")),
    (b"\x7fELF", gettext_lazy("a program")),
    (b"SQLite format 3", gettext_lazy("a database")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("an old Office document")),
    (b"7z\xbc\xaf", gettext_lazy("an archive")),
)


def is_archive(data: bytes) -> bool:
    """Whether these bytes are an archive of files, and not an office document."""
    return (
        data.startswith(b"PK\x03\x04")
        and b"[Content_Types].xml" not in data[:4096]
        and b"mimetypeapplication/" not in data[:200]
    )


def refuse_at_sight(data: bytes) -> Problem | None:
    """The problem of bytes that are no text, as size and first bytes tell. Costs little."""
    if len(data) > LARGEST_BYTES:
        return Problem(0, say_too_large(len(data)))
    if not data.strip():
        return Problem(0, _("The file is empty. Choose another file or paste the text."))
    if is_archive(data):
        return None
    if len(data) > LARGEST_LIST and b"@" not in data:  # no bibliography, then, in any encoding
        return Problem(0, say_too_large(len(data)))
    return say_kind(data)


def say_kind(data: bytes) -> Problem | None:
    """What bytes are that are no text; None if they may be text."""
    what = next((what for magic, what in _MAGIC if data.startswith(magic)), "")
    if not what:
        return None
    said = _("This is %(kind)s, not text. Save the list as Markdown or plain text.")
    return Problem(0, said % {"kind": what})


def say_too_large(size: int) -> str:
    """Why a document of so many bytes is refused."""
    return _(
        "The file is %(size)s MB; the limit is %(list)s MB for lists and %(bib)s MB for "
        "bibliographies. Split it and import the parts."
    ) % {
        "size": f"{size / 1e6:.1f}",
        "list": f"{LARGEST_LIST / 1e6:.0f}",
        "bib": f"{LARGEST_BYTES / 1e6:.0f}",
    }
