"""Notices, and what a person wants to be told."""

from django.urls import path

from portal.notices.views import (
    notices,
    paused_addresses,
    preferences,
    readings,
    unsubscriptions,
)

app_name = "notices"
urlpatterns = [
    path("", notices.index, name="notices.index"),
    path("<int:pk>/", notices.show, name="notices.show"),
    path("read/", readings.new, name="readings.new"),
    path("preferences/", preferences.edit, name="preferences.edit"),
    path("address/", paused_addresses.remove, name="paused_addresses.remove"),
    path("unsubscriptions/<str:token>/", unsubscriptions.new, name="unsubscriptions.new"),
]
