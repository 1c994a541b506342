"""Addresses of duplicates, merges, archived and deleted papers, and merged topics."""

from django.urls import path

from papers.records.views import duplicates, merging, removals, topics

urlpatterns = [
    path("curation/duplicates/", duplicates.duplicate_list, name="duplicates"),
    path("curation/duplicates/<key:one>/<key:other>/", merging.merge, name="merge"),
    path("curation/removals/", removals.removal_list, name="removals"),
    path("curation/removals/<key:pk>/undoing/", removals.removal_undoing, name="removal-undoing"),
    path("papers/<key:pk>/duplicates/", duplicates.paper_duplicates, name="paper-duplicates"),
    path("papers/<key:pk>/archiving/", removals.paper_archiving, name="paper-archiving"),
    path("papers/<key:pk>/deletion/", removals.paper_deletion, name="paper-deletion"),
    path("reviews/<key:pk>/beside/", merging.review_beside, name="review-beside"),
    path("topic-merges/<key:pk>/", topics.topic_merge, name="topic-merge"),
    path("topic-deletions/<key:pk>/", topics.topic_deletion, name="topic-deletion"),
]
