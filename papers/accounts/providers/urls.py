"""Addresses of signing in through other sites."""

from django.urls import path

from papers.accounts.providers import views

urlpatterns = [
    path("accounts/with/<slug:key>/", views.departure, name="provider-departure"),
    path("accounts/with/<slug:key>/return/", views.arrival, name="provider-return"),
    path("profile/sign-in/", views.provider_list, name="provider-list"),
    path("profile/sign-in/<slug:key>/", views.provider_connection, name="provider-connection"),
    path("profile/sign-in/<key:pk>/removal/", views.provider_removal, name="provider-removal"),
]
