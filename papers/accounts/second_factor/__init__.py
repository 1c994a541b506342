"""A second factor beside the password: codes of an authenticator app, and recovery codes."""

FORMS = {
    "authenticate": "papers.accounts.second_factor.forms.SecondStepForm",
    "reauthenticate": "papers.accounts.second_factor.forms.ConfirmForm",
    "activate_totp": "papers.accounts.second_factor.forms.AppForm",
}
"""In place of the library's own forms; settings name them."""
