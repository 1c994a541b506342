"""Addresses of the board."""

from django.urls import path

from papers.experiments import views

urlpatterns = [
    path("experiments/", views.experiment_list, name="experiment-list"),
    path("experiments/new/", views.experiment_new, name="experiment-new"),
    path("experiments/similar/", views.experiment_similar, name="experiment-similar"),
    path("experiments/calibration/", views.calibration, name="calibration"),
    path("experiments/<int:pk>/", views.experiment_detail, name="experiment-detail"),
    path("experiments/<int:pk>/edit/", views.experiment_edit, name="experiment-edit"),
    path("experiments/<int:pk>/state/", views.experiment_state, name="experiment-state"),
    path("experiments/<int:pk>/owner/", views.experiment_owner, name="experiment-owner"),
    path("experiments/<int:pk>/outcome/", views.experiment_outcome, name="experiment-outcome"),
    path("experiments/<int:pk>/links/", views.experiment_link, name="experiment-link"),
    path(
        "experiments/<int:pk>/prediction/",
        views.experiment_prediction,
        name="experiment-prediction",
    ),
]
