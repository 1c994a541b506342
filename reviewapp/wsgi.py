"""The WSGI door, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from reviewapp.database.limits import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.settings")

limit_statements()
application = get_wsgi_application()
