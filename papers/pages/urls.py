"""Addresses of this room."""

from django.urls import path

from papers.pages.views import desk, known_files, members, paper

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("robots.txt", known_files.robots, name="robots"),
    path(".well-known/security.txt", known_files.security, name="security"),
    path("favicon.ico", known_files.favicon, name="favicon"),
    path("members/", members.member_list, name="member-list"),
    path("members/<str:handle>/", members.member_detail, name="member-detail"),
    path("papers/<key:pk>/", paper.paper_detail, name="paper-detail"),
    path("papers/<key:pk>/history/", paper.paper_history, name="paper-history"),
    path("papers/<key:pk>/similar/", paper.paper_similar, name="paper-similar"),
    path("papers/<key:pk>/<title:slug>/", paper.paper_detail, name="paper-detail"),
]
