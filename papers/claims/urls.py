"""Addresses of claiming."""

from django.urls import path

from papers.claims.views import claims, handover

urlpatterns = [
    path("papers/<key:pk>/claim/", claims.claim, name="claim"),
    path("papers/<key:pk>/release/", claims.claim_release, name="claim-release"),
    path("claims/<key:pk>/extension/", claims.claim_extension, name="claim-extension"),
    path("claims/<key:pk>/override/", claims.claim_override, name="claim-override"),
    path("skips/", claims.skip_list, name="skip-list"),
    path("skips/<key:pk>/", claims.paper_skip, name="paper-skip"),
    path("handovers/papers/<key:pk>/", handover.claim_handover, name="claim-handover"),
    path(
        "handovers/<key:pk>/withdrawal/",
        handover.handover_withdrawal,
        name="handover-withdrawal",
    ),
    path(
        "handovers/<key:pk>/acceptance/", handover.handover_acceptance, name="handover-acceptance"
    ),
]
