"""The door for a WSGI server: `gunicorn portal.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from portal.celery import app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
# Django reads the views at the first request. Read here, before the server forks, they are shared
# by its workers, and nobody waits for them.
get_resolver().url_patterns  # noqa: B018
# And what they hand work over with, 18 MB a worker otherwise. Nothing is connected to.
app.connection_for_write().transport  # noqa: B018
