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

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """What changes anything asks for a recent sign-in, of those who may."""
        from papers.accounts.confirming.views import recent_sign_in  # Django makes this site early

        return super().admin_view(recent_sign_in(view), cacheable)

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The one sign-in page, with its limits; a member who may not gets the reason."""
        if request.user.is_authenticated:
            raise PermissionDenied(gettext("Curators only."))
        return redirect_to_login(request.GET.get("next", "/admin/"))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Names to choose from, for those fields of our forms that ask for them and no others."""
        model = self._find_table(request.GET.get("model_name", ""))
        panel = self._registry.get(model) if model else None
        field = request.GET.get("field_name", "")
        if panel is None or field not in panel.get_autocomplete_fields(request):
            raise PermissionDenied("No form asks for this.")
        return super().autocomplete_view(request)

    def _find_table(self, name: str) -> Any:
        return next((model for model in self._registry if model._meta.model_name == name), None)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The one way out."""
        return redirect("account_logout")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The one page for it."""
        return redirect("account_change_password")
