"""Addresses of papers, topics and listings."""

from django.urls import path

from papers.catalogue import paper_views, topic_views, views

urlpatterns = [
    path("papers/", views.paper_list, name="paper-list"),
    path("papers/passages/", views.passage_list, name="passage-list"),
    path("papers/new/", paper_views.paper_new, name="paper-new"),
    path("papers/<int:pk>/edit/", paper_views.paper_edit, name="paper-edit"),
    path("papers/<int:pk>/citation/", paper_views.paper_citation, name="paper-citation"),
    path("topics/", topic_views.topic_list, name="topic-list"),
    path("topics/<path:path>/", topic_views.topic_detail, name="topic-detail"),
    path("topic-branches/<int:pk>/", topic_views.topic_branch, name="topic-branch"),
    path("topic-positions/<int:pk>/", topic_views.topic_position, name="topic-position"),
    path("listings/<int:pk>/note/", topic_views.listing_note, name="listing-note"),
    path("listings/<int:pk>/position/", topic_views.listing_position, name="listing-position"),
    path("listings/<int:pk>/removal/", topic_views.listing_removal, name="listing-removal"),
]
