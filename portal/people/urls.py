"""One's own account."""

from django.urls import path

from portal.people.views import devices, profile

app_name = "people"
urlpatterns = [
    path("devices/", devices.index, name="devices.index"),
    path("devices/<int:pk>/", devices.remove, name="devices.remove"),
    path("profile/", profile.edit, name="profile.edit"),
]
