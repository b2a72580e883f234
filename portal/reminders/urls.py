"""Reminders: what will go, what went, and what did not."""

from django.urls import path

from portal.reminders.views import forecasts, outcomes

app_name = "reminders"
urlpatterns = [
    path("<int:pk>/coming/", forecasts.index, name="forecasts.index"),
    path("<int:pk>/gone/", outcomes.index, name="outcomes.index"),
]
