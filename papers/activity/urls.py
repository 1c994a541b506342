"""URL of the activity page."""

from django.urls import path

from papers.activity import views

urlpatterns = [path("activity/", views.activity, name="activity")]
