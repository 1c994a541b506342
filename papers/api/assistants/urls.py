"""The one address that assistants talk to."""

from django.urls import path

from papers.api.assistants.views import answer_assistant
from papers.api.door.views import guard

urlpatterns = [path("api/mcp/", guard(answer_assistant), name="api-assistants")]
