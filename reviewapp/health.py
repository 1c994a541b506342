"""`/health/`: tells a supervisor, a container engine or a load balancer whether the site works."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

PATH = "/health/"


class HealthMiddleware:
    """Answers ahead of host names, redirects and sign-in: 200 while the database does, else 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != PATH:
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            answer = HttpResponse("the database does not answer\n", "text/plain", 503)
            answer.headers["Retry-After"] = "5"
            return answer
        return HttpResponse("well\n", "text/plain")
