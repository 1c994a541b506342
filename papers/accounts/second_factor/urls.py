"""Addresses of the second factor, under the names that the library looks for."""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from django.urls import path

from papers.accounts.second_factor import views

PLACE = "profile/second-factor/"

urlpatterns = [
    path("accounts/code/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path(
        "accounts/confirmation/",
        views.ConfirmedByPassword.as_view(),
        name="account_reauthenticate",
    ),
    path("accounts/confirmation/code/", views.ConfirmedByCode.as_view(), name="mfa_reauthenticate"),
    path(PLACE, base.index, name="mfa_index"),
    path(f"{PLACE}app/", views.AppAdded.as_view(), name="mfa_activate_totp"),
    path(f"{PLACE}app/removal/", views.AppRemoved.as_view(), name="mfa_deactivate_totp"),
    path(f"{PLACE}codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(f"{PLACE}codes/new/", views.CodesRenewed.as_view(), name="mfa_generate_recovery_codes"),
    path(f"{PLACE}codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
