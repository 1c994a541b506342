"""URLs of the API, of its description, and of a member's tokens."""

from typing import cast

from django.urls import path

from papers.api.views import tokens
from papers.api.views.api import api
from papers.api.views.assistants import answer_assistant
from papers.api.views.document import OPERATIONS
from papers.api.views.gate import View, find_nothing, guard

__all__ = ["OPERATIONS", "urlpatterns"]

patterns = api.urls[0]
for one in patterns:
    one.callback = guard(cast("View", one.callback))

urlpatterns = [
    path("profile/tokens/", tokens.token_list, name="token-list"),
    path("profile/tokens/<key:pk>/revocation/", tokens.token_revocation, name="token-revocation"),
    path("api/", tokens.api_guide, name="api-guide"),
    path("api/openapi.json", tokens.openapi, name="openapi"),
    path("api/mcp/", guard(answer_assistant), name="api-assistants"),
    path("api/v1/", (patterns, "api", "api")),
    path("api/v1/<path:rest>", guard(find_nothing), name="api-nothing"),
]
