"""Addresses of this room."""

from django.urls import path

from papers.importing.intake import views

urlpatterns = [
    path("import/", views.import_new, name="import-new"),
    path("import/all/", views.import_list, name="import-list"),
    path("import/<key:pk>/", views.import_detail, name="import-detail"),
    path("import/<key:pk>/apply/", views.import_apply, name="import-apply"),
    path("import/<key:pk>/undo/", views.import_undo, name="import-undo"),
    path("import/<key:pk>/choices/", views.import_choice, name="import-choice"),
    path("import/items/<key:pk>/exclusion/", views.import_exclusion, name="import-exclusion"),
    path("import/items/<key:pk>/sameness/", views.import_sameness, name="import-sameness"),
    path("import/items/<key:pk>/bullets/<key:number>/", views.import_bullet, name="import-bullet"),
    path("papers/<key:pk>/split/", views.paper_split, name="paper-split"),
]
