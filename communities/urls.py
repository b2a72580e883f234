"""Communities, their time, and what people take from it."""

from django.urls import path

from communities.views import (
    agendas,
    attendance_exports,
    cancellations,
    certificates,
    closures,
    commitments,
    communities,
    continuations,
    downloads,
    feeds,
    hours,
    calendar_wishes,
    memberships,
    months,
    moves,
    rotations,
    rsvps,
    series,
    sessions,
)

app_name = "communities"
urlpatterns = [
    path("", communities.index, name="communities.index"),
    path("new/", communities.new, name="communities.new"),
    path("<int:pk>/", communities.show, name="communities.show"),
    path("<int:pk>/edit/", communities.edit, name="communities.edit"),
    path("<int:pk>/closure/", closures.new, name="closures.new"),
    path("<int:pk>/members/new/", memberships.new, name="memberships.new"),
    path("members/<int:pk>/remove/", memberships.remove, name="memberships.remove"),
    path("<int:pk>/series/new/", series.new, name="series.new"),
    path("series/<int:pk>/", series.show, name="series.show"),
    path("series/<int:pk>/edit/", series.edit, name="series.edit"),
    path("series/<int:pk>/remove/", series.remove, name="series.remove"),
    path("series/<int:pk>/rotation/", rotations.edit, name="rotations.edit"),
    path("sessions/<int:pk>/", sessions.show, name="sessions.show"),
    path("sessions/<int:pk>/edit/", sessions.edit, name="sessions.edit"),
    path("sessions/<int:pk>/move/", moves.new, name="moves.new"),
    path("sessions/<int:pk>/move/remove/", moves.remove, name="moves.remove"),
    path("sessions/<int:pk>/continuation/", continuations.new, name="continuations.new"),
    path(
        "sessions/<int:pk>/cancellation/remove/", cancellations.remove, name="cancellations.remove"
    ),
    path("sessions/<int:pk>/cancellation/", cancellations.new, name="cancellations.new"),
    path("sessions/<int:pk>/agenda/", agendas.edit, name="agendas.edit"),
    path("commitments/", commitments.index, name="commitments.index"),
    path("commitments/new/", commitments.new, name="commitments.new"),
    path("commitments/<int:pk>/", commitments.edit, name="commitments.edit"),
    path("calendar/month/", months.index, name="months.index"),
    path("calendar/<int:year>/<int:month>/", months.show, name="months.show"),
    path("calendar/", feeds.new, name="feeds.new"),
    path("calendar/invitations/", calendar_wishes.edit, name="calendar_wishes.edit"),
    path("calendar/<int:pk>/remove/", feeds.remove, name="feeds.remove"),
    path("calendar/<str:token>.ics", feeds.show, name="feeds.show"),
    path("sessions/<int:pk>/session.ics", downloads.show, name="downloads.show"),
    path("sessions/<int:pk>/rsvp/", rsvps.edit, name="rsvps.edit"),
    path(
        "sessions/<int:pk>/attendance.csv", attendance_exports.show, name="attendance_exports.show"
    ),
    path(
        "series/<int:pk>/attendance.csv", attendance_exports.index, name="attendance_exports.index"
    ),
    path("hours/", hours.index, name="hours.index"),
    path("hours/people/<int:pk>/", hours.show, name="hours.show"),
    path("hours/certificates/new/", certificates.new, name="certificates.new"),
    path("hours/certificates/<int:pk>.pdf", certificates.show, name="certificates.show"),
    path("hours/certificates/check/", certificates.index, name="certificates.index"),
]
