"""Addresses of reviews: the editor, drafts, versions, and reviews side by side."""

from django.urls import path

from papers.reviews.views import editor, published

urlpatterns = [
    path("papers/<key:pk>/review/", editor.review_editor, name="review-editor"),
    path("papers/<key:pk>/review/draft/", editor.review_draft, name="review-draft"),
    path("papers/<key:pk>/review/conflict/", editor.review_conflict, name="review-conflict"),
    path("papers/<key:pk>/review/preview/", editor.review_preview, name="review-preview"),
    path("papers/<key:pk>/review/discard/", editor.review_draft_discard, name="draft-discard"),
    path("papers/<key:pk>/review/return/", editor.review_draft_restore, name="draft-return"),
    path("papers/<key:pk>/review/file/", published.review_file, name="review-file"),
    path("papers/<key:pk>/reviews/", published.review_list, name="review-list"),
    path("papers/<key:pk>/version/", published.paper_version, name="paper-version"),
    path("reviews/questions/", published.critique_questions, name="critique-questions"),
    path("reviews/<key:pk>/critique/", published.review_critique, name="review-critique"),
    path("reviews/<key:pk>/versions/", published.review_versions, name="review-versions"),
    path("reviews/<key:pk>/versions/return/", published.version_return, name="version-return"),
    path("reviews/<key:pk>/deletion/", published.review_deletion, name="review-deletion"),
    path("reviews/<key:pk>/return/", published.review_return, name="review-return"),
]
