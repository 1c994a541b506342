"""URLs of papers."""

from django.urls import path

from papers.catalogue import views
from papers.catalogue.paper_list.views import paper_list, passage_list

urlpatterns = [
    path("papers/", paper_list, name="paper-list"),
    path("papers/passages/", passage_list, name="passage-list"),
    path("papers/<key:pk>/edit/", views.paper_edit, name="paper-edit"),
    path("papers/<key:pk>/citation/", views.paper_citation, name="paper-citation"),
]
