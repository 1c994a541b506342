"""URLs of the API, of its description, and of a member's tokens."""

from django.urls import include, path
from django.urls.resolvers import RoutePattern

from papers.api.door.views import find_nothing, guard
from papers.converters import LateResolver

OPERATIONS = "papers.api.door.urls"
"""Loaded late: with ninja and pydantic they take 20 MB, and few labs ask."""

urlpatterns = [
    path("", include("papers.api.tokens.urls")),
    path("", include("papers.api.guide.urls")),
    path("", include("papers.api.assistants.urls")),
    path("", include("papers.api.webhooks.urls")),
    LateResolver(RoutePattern("api/v1/"), OPERATIONS, app_name="api", namespace="api"),
    path("api/v1/<path:rest>", guard(find_nothing), name="api-nothing"),
]
