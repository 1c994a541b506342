"""Input of uploads: a picture for a text, a PDF or slides of a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput
from papers.models import File

MEGABYTE = 1_000_000
LARGEST_PICTURE, LARGEST_DOCUMENT = 10 * MEGABYTE, 20 * MEGABYTE


class UploadInput(forms.FileField):
    """An uploaded file of bounded size; what it holds is looked at in the sandbox alone."""

    def __init__(self, *, largest: int, too_large: Promise, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._largest, self._too_large = largest, too_large

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is larger than allowed."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if file is not None and (file.size or 0) > self._largest:
            raise forms.ValidationError(str(self._too_large), code="too_large")
        return file


class PictureForm(forms.Form):
    """A picture, and what it shows in words."""

    file = UploadInput(
        label=_("Picture"),
        largest=LARGEST_PICTURE,
        too_large=_("This picture is larger than 10 MB. Save it smaller, then add it again."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=_("PNG, JPEG, WebP or GIF, up to 10 MB. Location and camera data are removed."),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("This file is empty. Choose another picture."),
        },
    )
    alt = LineInput(
        label=_("Alternative text"),
        max_length=500,
        help_text=_("What the picture shows, for people who can't see it."),
        error_messages={"required": _("Describe the picture in a few words.")},
    )
    meant_for = forms.ChoiceField(
        choices=File.Text, required=False, widget=forms.HiddenInput, initial=File.Text.REVIEW
    )


class DocumentForm(forms.Form):
    """A PDF or slides of a paper."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(File.Kind.PAPER, _("The paper (PDF)")), (File.Kind.SLIDES, _("Slides"))],
    )
    file = UploadInput(
        label=_("File"),
        largest=LARGEST_DOCUMENT,
        too_large=_("This file is larger than 20 MB. Save it smaller, then add it again."),
        widget=forms.FileInput(
            attrs={"accept": f"{File.MediaType.PDF.value},.pptx"},
        ),
        help_text=_("PDF, or PowerPoint for slides. Up to 20 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    rights = LineInput(
        label=_("Rights"),
        max_length=300,
        required=False,
        help_text=_("License or source, e.g. CC BY 4.0, or author's copy."),
    )


PROBLEMS: dict[str, Promise] = {
    "unknown": _("This type of file can't be added here. Choose one of the types below."),
    "damaged": _("This file is damaged or incomplete. Save it again, then choose it."),
    "vast": _("This picture has too many pixels. Save it smaller, then add it again."),
    "large": _("This picture stays larger than 10 MB. Save it smaller, then add it again."),
    "locked": _("This PDF is protected by a password. Save it without one, then choose it."),
    "no_pdf": _("The paper itself must be a PDF. Choose a PDF, or select Slides."),
    "quota": _("The lab's space for files is full. Ask a curator to make room."),
    "busy": _("Other files are being processed right now. Try again in a moment."),
}
"""What is said of a refused upload."""
