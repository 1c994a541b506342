"""Address of handing over."""

from django.urls import path

from papers.leaving import views

urlpatterns = [
    path("members/<str:handle>/handover/", views.member_handover, name="member-handover"),
]
