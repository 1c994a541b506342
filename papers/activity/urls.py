"""URLs of the activity page and of reasons."""

from django.urls import path

from papers.activity import views

urlpatterns = [
    path("activity/", views.activity, name="activity"),
    path("activity/<key:pk>/reason/", views.reason, name="reason"),
]
