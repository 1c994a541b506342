"""Addresses of connected Zotero libraries."""

from django.urls import path

from papers.zotero import views
from papers.zotero.actions.answering import OURS, THEIRS

urlpatterns = [
    path("curation/zotero/", views.library_list, name="zotero-list"),
    path("curation/zotero/<key:pk>/", views.library_detail, name="zotero-library"),
    path("curation/zotero/<key:pk>/sync/", views.library_sync, name="zotero-sync"),
    path("curation/zotero/<key:pk>/removal/", views.library_removal, name="zotero-removal"),
    path(
        "curation/zotero/questions/<key:pk>/keeping/",
        views.question_answer,
        {"answer": OURS},
        name="zotero-keeping",
    ),
    path(
        "curation/zotero/questions/<key:pk>/taking/",
        views.question_answer,
        {"answer": THEIRS},
        name="zotero-taking",
    ),
]
