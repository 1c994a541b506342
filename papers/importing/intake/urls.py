"""Addresses of this room."""

from django.urls import path

from papers.importing.intake.views import documents, entries

urlpatterns = [
    path("import/", documents.import_new, name="import-new"),
    path("import/all/", documents.import_list, name="import-list"),
    path("import/<key:pk>/", documents.import_detail, name="import-detail"),
    path("import/<key:pk>/apply/", documents.import_apply, name="import-apply"),
    path("import/<key:pk>/undo/", documents.import_undo, name="import-undo"),
    path("import/<key:pk>/choices/", documents.import_choice, name="import-choice"),
    path("import/items/<key:pk>/", entries.import_entry, name="import-entry"),
    path("import/items/<key:pk>/exclusion/", entries.import_exclusion, name="import-exclusion"),
    path("import/items/<key:pk>/sameness/", entries.import_sameness, name="import-sameness"),
    path(
        "import/items/<key:pk>/bullets/<key:number>/", entries.import_bullet, name="import-bullet"
    ),
    path("papers/<key:pk>/split/", entries.paper_split, name="paper-split"),
]
