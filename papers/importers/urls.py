"""Addresses of this room."""

from django.urls import path

from papers.importers import views

urlpatterns = [
    path("import/", views.import_new, name="import-new"),
    path("import/all/", views.import_list, name="import-list"),
    path("import/<key:pk>/", views.import_detail, name="import-detail"),
    path("import/<key:pk>/taking/", views.import_taking, name="import-taking"),
    path("import/<key:pk>/undoing/", views.import_undoing, name="import-undoing"),
    path("import/items/<key:pk>/leaving/", views.import_leaving, name="import-leaving"),
    path("import/items/<key:pk>/bullets/<key:number>/", views.import_bullet, name="import-bullet"),
]
