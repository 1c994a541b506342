"""Addresses of this room."""

from django.urls import path

from papers.importers import views

urlpatterns = [
    path("import/", views.import_new, name="import-new"),
    path("import/all/", views.import_list, name="import-list"),
    path("import/<int:pk>/", views.import_detail, name="import-detail"),
    path("import/<int:pk>/taking/", views.import_taking, name="import-taking"),
    path("import/<int:pk>/undoing/", views.import_undoing, name="import-undoing"),
    path("import/items/<int:pk>/leaving/", views.import_leaving, name="import-leaving"),
    path("import/items/<int:pk>/bullets/<int:number>/", views.import_bullet, name="import-bullet"),
]
