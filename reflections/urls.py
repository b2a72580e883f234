"""The journal's pages."""

from django.urls import path

from reflections.views import (
    communities,
    drafts,
    exports,
    follow_ups,
    holds,
    identifiers,
    questions,
    reflections,
    removals,
    responses,
    retentions,
    shares,
    sights,
    stories,
    threads,
)

app_name = "reflections"
urlpatterns = [
    path("", reflections.index, name="reflections.index"),
    path("new/", reflections.new, name="reflections.new"),
    path("team/", sights.index, name="sights.index"),
    path("waiting/", responses.index, name="responses.index"),
    path("communities/<int:pk>/", communities.show, name="communities.show"),
    path("shares/<int:pk>/remove/", shares.remove, name="shares.remove"),
    path("<uuid:key>/", reflections.show, name="reflections.show"),
    path("<uuid:key>/edit/", reflections.edit, name="reflections.edit"),
    path("<uuid:key>/draft/", drafts.edit, name="drafts.edit"),
    path("<uuid:key>/remove/", reflections.remove, name="reflections.remove"),
    path("<uuid:key>/identifiers/", identifiers.edit, name="identifiers.edit"),
    path("<uuid:key>/shares/new/", shares.new, name="shares.new"),
    path("<uuid:key>/responses/new/", responses.new, name="responses.new"),
    path("commitments/<int:pk>/follow-up/", follow_ups.new, name="follow_ups.new"),
    path("<uuid:key>/story/", stories.show, name="stories.show"),
    path("<uuid:key>/question/", questions.edit, name="questions.edit"),
    path("<uuid:key>/threads/<int:reader>/", threads.edit, name="threads.edit"),
    path("removed/", removals.index, name="removals.index"),
    path("<uuid:key>/bring-back/", removals.remove, name="removals.remove"),
    path("export/", exports.new, name="exports.new"),
    path("agencies/<int:pk>/", retentions.edit, name="retentions.edit"),
    path("agencies/<int:pk>/holds/new/", holds.new, name="holds.new"),
    path("holds/<int:pk>/end/", holds.remove, name="holds.remove"),
]
