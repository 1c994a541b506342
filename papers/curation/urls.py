"""Addresses of the curator's desk."""

from django.urls import path

from papers.curation.views import bulk, lab, people

urlpatterns = [
    path("desk/", people.invitation_list, name="curation"),
    path(
        "desk/invitations/<key:pk>/renewal/", people.invitation_renewal, name="invitation-renewal"
    ),
    path(
        "desk/invitations/<key:pk>/revocation/",
        people.invitation_revocation,
        name="invitation-revocation",
    ),
    path("desk/placeholders/", people.placeholder_list, name="curation-placeholders"),
    path(
        "desk/placeholders/<str:handle>/invitation/",
        people.placeholder_invitation,
        name="placeholder-invitation",
    ),
    path("desk/members/", people.member_list, name="curation-members"),
    path("desk/members/<str:handle>/role/", people.member_role, name="member-role"),
    path("desk/members/<str:handle>/leaving/", people.member_departure, name="member-leaving"),
    path("desk/members/<str:handle>/return/", people.member_return, name="member-return"),
    path("papers/selection/", bulk.selection, name="selection"),
    path("sortings/<key:pk>/", bulk.sorting_detail, name="sorting"),
    path("sortings/<key:pk>/undoing/", bulk.sorting_undoing, name="sorting-undoing"),
    path("desk/lab/", lab.lab, name="curation-lab"),
    path("desk/questions/", lab.questions, name="curation-questions"),
]
