"""Addresses of the curator's desk."""

from django.urls import include, path
from django.views.generic import RedirectView

from papers.curation.inviting import views as inviting
from papers.curation.sorting import views as sorting
from papers.curation.views import lab, people

urlpatterns = [
    path("", include("papers.curation.join_links.urls")),
    path("", include("papers.curation.appearance.urls")),
    path("curation/", inviting.invitation_list, name="curation"),
    path("curation/invitations/", inviting.invitation_bulk, name="invitation-bulk"),
    path(
        "curation/invitations/<key:pk>/renewal/",
        inviting.invitation_renewal,
        name="invitation-renewal",
    ),
    path("curation/invitations/<key:pk>/link/", inviting.invitation_link, name="invitation-link"),
    path(
        "curation/invitations/<key:pk>/revocation/",
        inviting.invitation_revocation,
        name="invitation-revocation",
    ),
    path("curation/placeholders/", inviting.placeholder_list, name="curation-placeholders"),
    path(
        "curation/placeholders/<str:handle>/invitation/",
        inviting.placeholder_invitation,
        name="placeholder-invitation",
    ),
    path("curation/members/", people.member_list, name="curation-members"),
    path("curation/members/<str:handle>/role/", people.member_role, name="member-role"),
    path("curation/members/<str:handle>/leaving/", people.member_departure, name="member-leaving"),
    path("curation/members/<str:handle>/return/", people.member_return, name="member-return"),
    path("papers/selection/", sorting.selection, name="selection"),
    path("topic-splits/<key:pk>/", sorting.topic_split, name="topic-split"),
    path("sortings/<key:pk>/", sorting.sorting_detail, name="sorting"),
    path("sortings/<key:pk>/undoing/", sorting.sorting_undoing, name="sorting-undoing"),
    path("curation/setup/", lab.setup, name="curation-setup"),
    path("curation/lab/", lab.lab, name="curation-lab"),
    path("curation/questions/", lab.questions, name="curation-questions"),
    # Addresses before November 2026.
    path("desk/<path:rest>", RedirectView.as_view(url="/curation/%(rest)s", query_string=True)),
    path("desk/", RedirectView.as_view(pattern_name="curation", query_string=True)),
]
