"""Input about how the lab shows itself; never saves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput
from papers.files.forms import MEGABYTE, UploadInput
from papers.models import Lab
from papers.models.curating import LONGEST_ANNOUNCEMENT


class AccentForm(forms.Form):
    """One of the accents, all of which can be read in light and dark."""

    accent = forms.ChoiceField(
        label=_("Accent color"),
        choices=Lab.Accent,
        widget=forms.RadioSelect,
        help_text=_("Used for links and main buttons, in light and dark."),
        error_messages={"required": _("Choose a color.")},
    )


class LogoForm(forms.Form):
    """A picture that stands beside the lab's name."""

    file = UploadInput(
        label=_("Picture"),
        largest=MEGABYTE,
        too_large=_("This picture is larger than 1 MB. Save it smaller, then add it again."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=_("PNG, JPEG, WebP or GIF, up to 1 MB. Visitors see it when they sign in."),
        error_messages={
            "required": _("Choose a picture."),
            "empty": _("This file is empty. Choose another picture."),
        },
    )
    alt = LineInput(
        label=_("Alternative text"),
        max_length=200,
        help_text=_("What the logo shows, for people who can't see it."),
        error_messages={"required": _("Describe the logo in a few words.")},
    )


class AnnouncementForm(forms.Form):
    """A text for all members; empty: there is none."""

    announcement = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_ANNOUNCEMENT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Plain text. Web addresses become links. Leave empty for no announcement."),
    )
    announcement_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave empty to show it until you change it."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_announcement_until(self) -> date | None:
        """A new last day lies ahead."""
        day: date | None = self.cleaned_data["announcement_until"]
        if day and day < self._today and "announcement_until" in self.changed_data:
            raise forms.ValidationError(str(_("Choose today or a later day.")), code="past")
        return day


class DismissalForm(forms.Form):
    """Which announcement was dismissed."""

    text = LineInput(max_length=16, min_length=16)
