"""Addresses of claiming."""

from django.urls import path

from papers.claims import handing_views, views

urlpatterns = [
    path("papers/<int:pk>/claim/", views.claim, name="claim"),
    path("papers/<int:pk>/release/", views.claim_release, name="claim-release"),
    path("claims/<int:pk>/extension/", views.claim_extension, name="claim-extension"),
    path("claims/<int:pk>/override/", views.claim_override, name="claim-override"),
    path("skips/", views.skip_list, name="skip-list"),
    path("skips/<int:pk>/", views.paper_skip, name="paper-skip"),
    path("handovers/papers/<int:pk>/", handing_views.claim_handover, name="claim-handover"),
    path(
        "handovers/<int:pk>/withdrawal/",
        handing_views.handover_withdrawal,
        name="handover-withdrawal",
    ),
    path("handovers/<int:pk>/taking/", handing_views.handover_taking, name="handover-taking"),
]
