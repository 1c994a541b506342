"""Addresses of claiming."""

from django.urls import path

from papers.claims.views import claims, handover

urlpatterns = [
    path("papers/<int:pk>/claim/", claims.claim, name="claim"),
    path("papers/<int:pk>/release/", claims.claim_release, name="claim-release"),
    path("claims/<int:pk>/extension/", claims.claim_extension, name="claim-extension"),
    path("claims/<int:pk>/override/", claims.claim_override, name="claim-override"),
    path("skips/", claims.skip_list, name="skip-list"),
    path("skips/<int:pk>/", claims.paper_skip, name="paper-skip"),
    path("handovers/papers/<int:pk>/", handover.claim_handover, name="claim-handover"),
    path(
        "handovers/<int:pk>/withdrawal/",
        handover.handover_withdrawal,
        name="handover-withdrawal",
    ),
    path(
        "handovers/<int:pk>/acceptance/", handover.handover_acceptance, name="handover-acceptance"
    ),
]
