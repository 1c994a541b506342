"""URLs of papers."""

from django.urls import path

from papers.catalogue.views import lists, paper_forms

urlpatterns = [
    path("papers/", lists.paper_list, name="paper-list"),
    path("papers/passages/", lists.passage_list, name="passage-list"),
    path("papers/<key:pk>/edit/", paper_forms.paper_edit, name="paper-edit"),
    path("papers/<key:pk>/citation/", paper_forms.paper_citation, name="paper-citation"),
]
