"""URLs of the API, of its description, and of a member's tokens."""

from typing import cast

from django.urls import include, path

from papers.api.door.views import View, find_nothing, guard
from papers.api.guide.openapi import OPERATIONS
from papers.api.views.api import api

__all__ = ["OPERATIONS", "urlpatterns"]

patterns = api.urls[0]
for one in patterns:
    one.callback = guard(cast("View", one.callback))

urlpatterns = [
    path("", include("papers.api.tokens.urls")),
    path("", include("papers.api.guide.urls")),
    path("", include("papers.api.assistants.urls")),
    path("", include("papers.api.webhooks.urls")),
    path("api/v1/", (patterns, "api", "api")),
    path("api/v1/<path:rest>", guard(find_nothing), name="api-nothing"),
]
