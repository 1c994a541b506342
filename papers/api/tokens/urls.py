"""URLs of a member's tokens."""

from django.urls import path

from papers.api.tokens import views

urlpatterns = [
    path("profile/tokens/", views.token_list, name="token-list"),
    path("profile/tokens/<key:pk>/revocation/", views.token_revocation, name="token-revocation"),
]
