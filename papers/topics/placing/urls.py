"""Addresses at which topics get their places."""

from django.urls import path

from papers.topics.placing import views

urlpatterns = [
    path("topic-positions/<key:pk>/", views.topic_position, name="topic-position"),
    path("topic-places/<key:pk>/", views.topic_place, name="topic-place"),
]
