"""Files: pictures in members' texts, and the PDF and slides of a paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField
from papers.models.change_counts import counts_changes
from papers.text import addresses


class FileKeys(Func):
    """The keys of all files that some columns of text name; the function is in migration 0039."""

    function = "papers_file_keys"
    output_field = ArrayField(models.TextField())


def index_files(name: str, *columns: str) -> GinIndex:
    """The index that finds the rows whose columns name a file."""
    return GinIndex(FileKeys(*columns), name=name)


def names_file(key: Combinable, *columns: Any) -> Func:
    """A condition on rows: whether these columns name the file of this key.

    It uses `index_files` of the same columns.
    """
    wanted = Func(key, template="ARRAY[%(expressions)s]::text[]")
    return Func(
        FileKeys(*columns),
        wanted,
        template="(%(expressions)s)",
        arg_joiner=" @> ",
        output_field=models.BooleanField(),
    )


def choose_path(file: File, _: str) -> str:
    """Where the content lies in the storage: under its key, whatever it was called."""
    return f"{file.key[:2]}/{file.key}{File.ENDINGS[File.MediaType(file.media_type)]}"


class FileQuerySet(models.QuerySet["File"]):
    """Adjectives for rows of files."""

    def pictures(self) -> FileQuerySet:
        """Those that a text shows, or may show."""
        return self.filter(kind=File.Kind.PICTURE)

    def of_papers(self) -> FileQuerySet:
        """PDFs and slides that are not deleted."""
        return self.filter(paper__isnull=False, deleted_at__isnull=True)


@counts_changes()
class File(models.Model):
    """One file as it is served: pictures drawn anew, documents as they came.

    A text names a picture by its address, `/files/<key>/`; who may read such a text may read the
    picture (`access.files_visible_to`). `meant_for` is the kind of text it was uploaded for.
    """

    class Kind(models.TextChoices):
        """What a file is to the lab."""

        PICTURE = "picture", _("Picture")
        PAPER = "paper", _("PDF of the paper")
        SLIDES = "slides", _("Slides")

    class MediaType(models.TextChoices):
        """The only types that are stored and served."""

        PNG = "image/png", "PNG"
        WEBP = "image/webp", "WebP"
        PDF = "application/pdf", "PDF"
        PPTX = (
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "PowerPoint",
        )

    ENDINGS = {
        MediaType.PNG: ".png",
        MediaType.WEBP: ".webp",
        MediaType.PDF: ".pdf",
        MediaType.PPTX: ".pptx",
    }

    class Text(models.TextChoices):
        """Kinds of text that show pictures."""

        REVIEW = "review", _("Review")
        COMMENT = "comment", _("Comment")
        EXPERIMENT = "experiment", _("Experiment")
        TOPIC = "topic", _("Topic")
        MEETING = "meeting", _("Minutes")
        DIGEST = "digest", _("Digest")

    key = models.CharField(max_length=32, unique=True, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    media_type = models.CharField(max_length=80, choices=MediaType)
    name = LineField(max_length=200, blank=True)
    alt = LineField(_("alternative text"), max_length=500, blank=True)
    rights = LineField(max_length=300, blank=True)
    meant_for = models.CharField(max_length=10, choices=Text, blank=True)
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    content = models.FileField(upload_to=choose_path, max_length=100, editable=False)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    digest = models.CharField(max_length=64, editable=False, help_text=_("SHA-256, as hex."))
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files")
    made_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="picture", paper__isnull=True)
                | (~Q(kind="picture") & Q(paper__isnull=False)),
                name="a_document_belongs_to_a_paper",
            ),
            models.CheckConstraint(
                condition=Q(key__regex=r"^[0-9a-f]{32}$"), name="a_file_has_a_random_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key

    def get_absolute_url(self) -> str:
        """Where it is served."""
        return addresses.file(self.key)
