"""The rooms of fidelity."""

from django.urls import path

from fidelity.views import (
    annotations,
    calibrations,
    codings,
    courses,
    drifts,
    feedback,
    instruments,
    programmes,
    raters,
    recordings,
    releases,
    replies,
    reviews,
    teams,
    utterances,
)

app_name = "fidelity"
urlpatterns = [
    path("", reviews.index, name="reviews.index"),
    path("reviews/new/", reviews.new, name="reviews.new"),
    path("reviews/<int:pk>/", reviews.show, name="reviews.show"),
    path("reviews/<int:pk>/answers/", reviews.edit, name="reviews.edit"),
    path("reviews/<int:pk>/remove/", reviews.remove, name="reviews.remove"),
    path("reviews/<int:pk>/release/", releases.new, name="releases.new"),
    path("feedback/<int:pk>/", feedback.show, name="feedback.show"),
    path("feedback/<int:pk>/reply/", replies.new, name="replies.new"),
    path("people/<int:pk>/", courses.show, name="courses.show"),
    path("team/", teams.show, name="teams.show"),
    path("team/drift/", drifts.index, name="drifts.index"),
    path("programmes/<int:pk>/drift/", drifts.show, name="drifts.show"),
    path("annotations/new/", annotations.new, name="annotations.new"),
    path("annotations/<int:pk>/remove/", annotations.remove, name="annotations.remove"),
    path("programmes/<int:pk>/", programmes.show, name="programmes.show"),
    path("codings/", codings.index, name="codings.index"),
    path("codings/utterances/", utterances.index, name="utterances.index"),
    path("calibrations/", calibrations.index, name="calibrations.index"),
    path("calibrations/new/", calibrations.new, name="calibrations.new"),
    path("calibrations/<int:pk>/", calibrations.show, name="calibrations.show"),
    path("calibrations/<int:pk>/close/", calibrations.edit, name="calibrations.edit"),
    path("raters/", raters.index, name="raters.index"),
    path("recordings/", recordings.index, name="recordings.index"),
    path("instruments/", instruments.index, name="instruments.index"),
    path("instruments/<int:pk>/", instruments.show, name="instruments.show"),
]
