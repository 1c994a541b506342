"""A member's choices of email."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.models import Member, Notification, Pace


class ChoicesForm(forms.Form):
    """When the digest comes by mail, whether agendas do, and how soon each kind of notice."""

    digest_day = forms.ChoiceField(label=_("Weekly digest"), choices=Member.DigestDay.choices)
    agenda_by_mail = forms.TypedChoiceField(
        label=_("Meeting agendas"),
        choices=[("yes", _("When sent")), ("no", _("Off"))],
        coerce=lambda word: word == "yes",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for why in Notification.Why:
            self.fields[why.value] = forms.ChoiceField(label=why.label, choices=Pace.choices)
