"""Addresses of the board."""

from django.urls import path

from papers.experiments import views

urlpatterns = [
    path("experiments/", views.experiment_list, name="experiment-list"),
    path("experiments/new/", views.experiment_new, name="experiment-new"),
    path("experiments/similar/", views.experiment_similar, name="experiment-similar"),
    path("experiments/calibration/", views.calibration, name="calibration"),
    path("experiments/<key:pk>/", views.experiment_detail, name="experiment-detail"),
    path("experiments/<key:pk>/edit/", views.experiment_edit, name="experiment-edit"),
    path("experiments/<key:pk>/state/", views.experiment_state, name="experiment-state"),
    path("experiments/<key:pk>/owner/", views.experiment_owner, name="experiment-owner"),
    path("experiments/<key:pk>/outcome/", views.experiment_outcome, name="experiment-outcome"),
    path("experiments/<key:pk>/links/", views.experiment_link, name="experiment-link"),
    path(
        "experiments/<key:pk>/prediction/",
        views.experiment_prediction,
        name="experiment-prediction",
    ),
]
