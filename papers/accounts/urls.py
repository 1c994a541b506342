"""Addresses of this room: only those views of the accounts library that the lab uses."""

from allauth.account import views as library
from django.urls import include, path, re_path

from papers.accounts import views
from papers.accounts.confirming.views import recent_sign_in
from papers.accounts.signing_in import renewal, sign_in

urlpatterns = [
    path("", include("papers.accounts.joining.urls")),
    path("", include("papers.accounts.providers.urls")),
    path("", include("papers.accounts.passkeys.urls")),
    path("", include("papers.accounts.second_factor.urls")),
    path("", include("papers.accounts.sessions.urls")),
    path("accounts/login/", sign_in.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", library.logout, name="account_logout"),
    path("accounts/inactive/", library.account_inactive, name="account_inactive"),
    path("accounts/password/", sign_in.PasswordChange.as_view(), name="account_change_password"),
    path(
        "accounts/password/first/",
        recent_sign_in(sign_in.PasswordSet.as_view()),
        name="account_set_password",
    ),
    path("accounts/reset/", sign_in.PasswordReset.as_view(), name="account_reset_password"),
    path(
        "accounts/reset/sent/",
        library.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "accounts/reset/done/",
        library.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^accounts/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.PasswordResetFromKey.as_view(),
        name="account_reset_password_from_key",
    ),
    path("accounts/device/", sign_in.DeviceAsked.as_view(), name="account_device"),
    path("accounts/device/<str:token>/", views.device_link, name="account_device_link"),
    path("accounts/drafts/<str:token>/", views.draft_unlocking, name="draft-unlocking"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("session/", renewal.session, name="session"),
    path("profile/", views.profile, name="profile"),
    path("profile/email/", views.email_change, name="email-change"),
    path("profile/address/", views.address_agreement, name="address-agreement"),
    path("profile/email/<str:token>/", views.email_confirmation, name="email-confirmation"),
    path("profile/theme/", views.theme, name="theme"),
]
