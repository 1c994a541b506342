"""Addresses of passkeys, under the names that the library looks for."""

from django.urls import path

from papers.accounts.passkeys import views

PLACE = "profile/passkeys/"

urlpatterns = [
    path("accounts/passkey/", views.SignIn.as_view(), name="mfa_login_webauthn"),
    path(
        "accounts/confirmation/passkey/",
        views.ConfirmedByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(PLACE, views.passkey_list, name="mfa_list_webauthn"),
    path(f"{PLACE}new/", views.passkey_addition, name="mfa_add_webauthn"),
    path(f"{PLACE}<key:pk>/", views.passkey_name, name="mfa_edit_webauthn"),
    path(f"{PLACE}<key:pk>/removal/", views.passkey_removal, name="mfa_remove_webauthn"),
]
