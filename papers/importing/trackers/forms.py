"""Which repository's issues to import."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.fields import LineInput
from papers.importing.trackers.tracker_client import list_servers

_REPOSITORY = re.compile(
    r"(?:(?:https?://)?(?P<host>[\w.-]+\.\w+)/)?"
    r"(?P<name>[A-Za-z0-9_.-]{1,100}(?:/[A-Za-z0-9_.-]{1,100}?){1,9}?)"
    r"(?:\.git)?(?:(?:/-)?/(?:issues(?:[/?#].*)?)?)?"
)
"""GitLab has groups in groups, and "/-/" before "issues"."""

_TOKEN = re.compile(r"[A-Za-z0-9_.-]{20,255}")


class IssuesForm(forms.Form):
    """A repository, and a token for a private one."""

    repository = LineInput(
        max_length=300,
        label=_("Repository"),
        help_text=_("Its address at GitHub or GitLab; owner/name is one at GitHub."),
        error_messages={"required": _("Enter a repository.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    token = forms.CharField(
        max_length=255,
        required=False,
        label=_("Token"),
        help_text=_(
            "Only for private repositories: an access token that may read issues."
            " It's deleted as soon as the issues are here."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_repository(self) -> tuple[str, str]:
        """The origin of the API, and "owner/name"."""
        found = _REPOSITORY.fullmatch(str(self.cleaned_data["repository"]).strip())
        hosts = {host: origin for origin, host in list_servers()}
        host = (found["host"] or "github.com").lower().removeprefix("www.") if found else ""
        if (
            not found
            or ".." in found["name"]
            or (host == "github.com" and found["name"].count("/") > 1)
        ):
            raise forms.ValidationError(_("Enter an address, or owner/name."))
        if host not in hosts:
            said = _("Issues can be imported from %(hosts)s.")
            raise forms.ValidationError(said, params={"hosts": ", ".join(hosts)})
        return hosts[host], found["name"]

    def clean_token(self) -> str:
        """A token is one word."""
        token = str(self.cleaned_data["token"]).strip()
        if token and not _TOKEN.fullmatch(token):
            raise forms.ValidationError(_("This isn't an access token."))
        return token
