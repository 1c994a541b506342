"""Addresses of this room."""

from django.urls import path

from papers.discussion import views

urlpatterns = [
    path("papers/<key:pk>/comments/", views.comment_list, {"kind": "paper"}, "comment-list"),
    path(
        "reviews/<key:pk>/comments/", views.comment_list, {"kind": "review"}, "review-comment-list"
    ),
    path(
        "experiments/<key:pk>/comments/",
        views.comment_list,
        {"kind": "experiment"},
        "experiment-comment-list",
    ),
    path("comments/<key:pk>/replies/", views.comment_reply, name="comment-reply"),
    path("comments/<key:pk>/edit/", views.comment_edit, name="comment-edit"),
    path("comments/<key:pk>/history/", views.comment_history, name="comment-history"),
    path("comments/<key:pk>/removal/", views.comment_removal, name="comment-removal"),
    path("comments/<key:pk>/return/", views.comment_return, name="comment-return"),
    path("comments/<key:pk>/resolution/", views.comment_resolution, name="comment-resolution"),
    *(
        path(
            f"{kind}s/<key:pk>/comments/reading/",
            views.comment_reading,
            {"kind": kind},
            "comment-reading" if kind == "paper" else f"{kind}-comment-reading",
        )
        for kind in ("paper", "review", "experiment")
    ),
]
