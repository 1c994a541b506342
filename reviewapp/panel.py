"""The admin panel's frame: our sign-in before it, only our tables in it.

It stands apart from `papers.admin`, which Django imports while it makes this site.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class PanelSite(admin.AdminSite):
    """The staff tables of this lab."""

    site_header = _("Admin panel")
    site_title = _("Admin panel")
    index_title = _("All tables")
    empty_value_display = "–"
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take only our own tables.

        Libraries bring tables that this lab does not use (groups, a second list of addresses) or
        that show too much (the arguments of jobs).
        """
        if admin_class is not None and admin_class.__module__.startswith("papers."):
            super().register(model_or_iterable, admin_class, **options)

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The one sign-in page, with its limits; a member who may not gets the reason."""
        if request.user.is_authenticated:
            raise PermissionDenied(gettext("Curators only."))
        return redirect_to_login(request.GET.get("next", "/admin/"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The one way out."""
        return redirect("account_logout")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The one page for it."""
        return redirect("account_change_password")
