"""URLs of topics and listings."""

from django.urls import include, path

from papers.topics import views

urlpatterns = [
    path("", include("papers.topics.placing.urls")),
    path("topics/", views.topic_list, name="topic-list"),
    path("topics/<path:path>/", views.topic_detail, name="topic-detail"),
    path("topic-branches/<key:pk>/", views.topic_branch, name="topic-branch"),
    path("listings/<key:pk>/note/", views.listing_note, name="listing-note"),
    path("listings/<key:pk>/position/", views.listing_position, name="listing-position"),
    path("listings/<key:pk>/removal/", views.listing_removal, name="listing-removal"),
]
