"""What is chosen for a secret address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.models import BibliographyLink


class BibliographyForm(forms.Form):
    """How the file behind the address is written."""

    format = forms.ChoiceField(label=_("Format"), choices=BibliographyLink.Format.choices)
