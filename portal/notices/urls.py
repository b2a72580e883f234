"""Notices, and what a person wants to be told."""

from django.urls import path

from portal.notices.views import (
    bells,
    leaves,
    notices,
    paused_addresses,
    preferences,
    push_subscriptions,
    readings,
    snoozes,
    unsubscriptions,
)

app_name = "notices"
urlpatterns = [
    path("", notices.index, name="notices.index"),
    path("<int:pk>/", notices.show, name="notices.show"),
    path("<int:pk>/snooze/", snoozes.new, name="snoozes.new"),
    path("unread/", bells.show, name="bells.show"),
    path("leave/new/", leaves.new, name="leaves.new"),
    path("leave/<int:pk>/remove/", leaves.remove, name="leaves.remove"),
    path("read/", readings.new, name="readings.new"),
    path("preferences/", preferences.edit, name="preferences.edit"),
    path("devices/", push_subscriptions.new, name="push_subscriptions.new"),
    path("devices/<int:pk>/remove/", push_subscriptions.remove, name="push_subscriptions.remove"),
    path("address/", paused_addresses.remove, name="paused_addresses.remove"),
    path("unsubscriptions/<str:token>/", unsubscriptions.new, name="unsubscriptions.new"),
]
