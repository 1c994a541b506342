"""Addresses of the curator's desk."""

from django.urls import path

from papers.curation import people, sorting_views, views

urlpatterns = [
    path("desk/", people.invitation_list, name="curation"),
    path(
        "desk/invitations/<int:pk>/renewal/", people.invitation_renewal, name="invitation-renewal"
    ),
    path(
        "desk/invitations/<int:pk>/revocation/",
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
    path("desk/members/<str:handle>/leaving/", people.member_leaving, name="member-leaving"),
    path("desk/members/<str:handle>/return/", people.member_return, name="member-return"),
    path("papers/selection/", sorting_views.selection, name="selection"),
    path("sortings/<int:pk>/", sorting_views.sorting_detail, name="sorting"),
    path("sortings/<int:pk>/undoing/", sorting_views.sorting_undoing, name="sorting-undoing"),
    path("desk/lab/", views.lab, name="curation-lab"),
    path("desk/questions/", views.questions, name="curation-questions"),
]
