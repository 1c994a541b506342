"""The content security policy: Django's middleware, with scripts limited to the static path."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)

PANEL, PANEL_WORDS = "/admin/", "/admin/jsi18n/"
"""The admin panel takes the words of its scripts from one address of Django's, a constant text."""


class ContentPolicyMiddleware(ContentSecurityPolicyMiddleware):
    """Names the static folder instead of 'self' in script-src.

    With plain 'self' an own address that answers with a text somebody wrote could be loaded as
    script; limited to the path nothing but our files can.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Set the policy for this host, and the permissions policy."""
        if not hasattr(response, "_csp_config"):
            origin = f"{request.scheme}://{request.get_host()}"
            scripts = [f"{origin}{settings.STATIC_URL}"]
            if request.path.startswith(PANEL):
                scripts.append(f"{origin}{PANEL_WORDS}")
            policy = {**settings.SECURE_CSP, "script-src": scripts}
            response._csp_config = policy  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return super().process_response(request, response)
