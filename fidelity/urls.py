"""The rooms of fidelity."""

from django.urls import path

from fidelity.views import (
    codings,
    courses,
    feedback,
    instruments,
    programmes,
    recordings,
    releases,
    replies,
    reviews,
    teams,
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
    path("programmes/<int:pk>/", programmes.show, name="programmes.show"),
    path("codings/", codings.index, name="codings.index"),
    path("recordings/", recordings.index, name="recordings.index"),
    path("instruments/", instruments.index, name="instruments.index"),
    path("instruments/<int:pk>/", instruments.show, name="instruments.show"),
]
