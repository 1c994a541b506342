"""The address at which topics are dropped."""

from django.urls import path

from papers.topics.placing import views

urlpatterns = [path("topic-places/<key:pk>/", views.topic_place, name="topic-place")]
