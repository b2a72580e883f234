"""The top room's pages."""

from django.urls import path

from portal.home import (
    favicon,
    gallery,
    health,
    mailbox,
    manifest,
    metrics,
    offline,
    privacy,
    readiness,
    status,
    today,
    worker,
)
from portal.home import help as help_page

app_name = "home"
urlpatterns = [
    path("", today.index, name="today.index"),
    path("help/", help_page.show, name="help.show"),
    path("privacy/", privacy.show, name="privacy.show"),
    path("mailbox/", mailbox.index, name="mailbox.index"),
    path("mailbox/<str:name>/", mailbox.show, name="mailbox.show"),
    path("gallery/", gallery.index, name="gallery.index"),
    path("favicon.ico", favicon.show, name="favicon.show"),
    path("manifest.webmanifest", manifest.show, name="manifest.show"),
    path("offline/", offline.show, name="offline.show"),
    path("worker.js", worker.show, name="worker.show"),
    path("healthz", health.show, name="health.show"),
    path("readyz", readiness.show, name="readiness.show"),
    path("metrics", metrics.show, name="metrics.show"),
    path("status/", status.show, name="status.show"),
]
