"""What a token may do, as ninja asks for it."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer

from papers.api.door.views import Caller
from papers.models import ApiToken


class Scope(HttpBearer):
    """The scope that an operation needs; the caller was found at the door."""

    def __init__(self, scope: ApiToken.Scope) -> None:
        super().__init__()
        self.scope = str(scope)

    def __call__(self, request: HttpRequest) -> Caller | None:
        """The caller. Raises HttpError (403) for a token without the scope."""
        caller: Caller | None = getattr(request, "caller", None)
        if caller and self.scope not in caller.token.scopes:
            said = _("This token doesn't have the scope “%(scope)s”.") % {"scope": self.scope}
            raise HttpError(HTTPStatus.FORBIDDEN, said)
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The door has done this."""
        return getattr(request, "caller", None)
