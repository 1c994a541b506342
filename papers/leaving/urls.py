"""Addresses of handing over, and of closing one's own account."""

from django.urls import path

from papers.leaving import views
from papers.leaving.closing.views import account_closing

urlpatterns = [
    path("profile/closing/", account_closing, name="account-closing"),
    path("members/<str:handle>/handover/", views.member_handover, name="member-handover"),
]
