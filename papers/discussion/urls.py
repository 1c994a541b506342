"""Addresses of this room."""

from django.urls import path

from papers.discussion import views

urlpatterns = [
    path("papers/<int:pk>/comments/", views.comment_list, {"kind": "paper"}, "comment-list"),
    path(
        "reviews/<int:pk>/comments/", views.comment_list, {"kind": "review"}, "review-comment-list"
    ),
    path(
        "experiments/<int:pk>/comments/",
        views.comment_list,
        {"kind": "experiment"},
        "experiment-comment-list",
    ),
    path("comments/<int:pk>/replies/", views.comment_reply, name="comment-reply"),
    path("comments/<int:pk>/edit/", views.comment_edit, name="comment-edit"),
    path("comments/<int:pk>/history/", views.comment_history, name="comment-history"),
    path("comments/<int:pk>/removal/", views.comment_removal, name="comment-removal"),
    path("comments/<int:pk>/return/", views.comment_return, name="comment-return"),
    path("comments/<int:pk>/resolution/", views.comment_resolution, name="comment-resolution"),
    *(
        path(
            f"{kind}s/<int:pk>/comments/reading/",
            views.comment_reading,
            {"kind": kind},
            "comment-reading" if kind == "paper" else f"{kind}-comment-reading",
        )
        for kind in ("paper", "review", "experiment")
    ),
]
