"""Agencies: one's own work, and what admins run."""

from django.urls import path

from portal.agencies.views import (
    acceptances,
    departures,
    exports,
    failures,
    invitations,
    people,
    policies,
    positions,
    resends,
    returns,
    rosters,
    samples,
    supervisions,
)

app_name = "agencies"
ONE = "<int:pk>/people/<int:person>/"
urlpatterns = [
    path("", positions.index, name="positions.index"),
    path("invitation/<str:token>/", acceptances.new, name="acceptances.new"),
    path("<int:pk>/people/", people.index, name="people.index"),
    path(ONE, people.show, name="people.show"),
    path(f"{ONE}positions/new/", positions.new, name="positions.new"),
    path("positions/<int:pk>/", positions.edit, name="positions.edit"),
    path(f"{ONE}supervision/new/", supervisions.new, name="supervisions.new"),
    path("supervision/<int:pk>/end/", supervisions.remove, name="supervisions.remove"),
    path(f"{ONE}departure/", departures.new, name="departures.new"),
    path("departures/<int:pk>/call-off/", departures.remove, name="departures.remove"),
    path(f"{ONE}return/", returns.new, name="returns.new"),
    path("<int:pk>/invitations/", invitations.index, name="invitations.index"),
    path("<int:pk>/invitations/new/", invitations.new, name="invitations.new"),
    path("invitations/<int:pk>/again/", resends.new, name="resends.new"),
    path("invitations/<int:pk>/revoke/", invitations.remove, name="invitations.remove"),
    path("<int:pk>/roster/", rosters.index, name="rosters.index"),
    path("<int:pk>/roster/new/", rosters.new, name="rosters.new"),
    path("<int:pk>/roster/export/", exports.index, name="exports.index"),
    path("<int:pk>/roster/sample/", samples.index, name="samples.index"),
    path("rosters/<int:pk>/", rosters.show, name="rosters.show"),
    path("rosters/<int:pk>/discard/", rosters.remove, name="rosters.remove"),
    path("<int:pk>/mail/", failures.index, name="failures.index"),
    path("<int:pk>/mail/<int:delivery>/", failures.edit, name="failures.edit"),
    path("<int:pk>/policy/", policies.edit, name="policies.edit"),
]
