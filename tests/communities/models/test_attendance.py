"""Who came, and what was put right."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import Attendance, AttendanceCorrection
from tests.communities import make


@pytest.fixture
def session(cast):
    return make.session(make.circle(cast))


def test_a_host_marks_who_came_and_the_same_again_changes_nothing(cast, session):
    marked = Attendance.mark(session, cast.facilitator, by=cast.coach)
    again = Attendance.mark(session, cast.facilitator, by=cast.admin)
    assert again == marked
    assert list(session.attendances.came().values_list("person", "by")) == [
        (cast.facilitator.pk, cast.coach.pk)
    ]


def test_a_mark_is_taken_back(cast, session):
    Attendance.mark(session, cast.facilitator, by=cast.coach)
    Attendance.mark(session, cast.facilitator, came=False, by=cast.coach)
    assert not session.attendances.came().exists()


def test_a_correction_says_what_was_and_why(cast, session):
    marked = Attendance.mark(session, cast.facilitator, by=cast.coach)
    marked.correct(came=False, reason="She was at a visit.", by=cast.admin)
    marked.correct(came=False, reason="Again.", by=cast.admin)
    assert list(marked.corrections.values_list("was", "reason", "by")) == [
        (True, "She was at a visit.", cast.admin.pk)
    ]
    assert not session.attendances.came().exists()


def test_a_correction_without_a_reason_is_refused(cast, session):
    marked = Attendance.mark(session, cast.facilitator, by=cast.coach)
    with pytest.raises(ValidationError, match="Say why"):
        marked.correct(came=False, reason="  ", by=cast.admin)
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        AttendanceCorrection.objects.create(attendance=marked, was=True, reason="", by=cast.admin)
    assert session.attendances.came().count() == 1


def test_one_person_is_marked_once_and_in_a_known_way(cast, session):
    Attendance.mark(session, cast.facilitator, by=cast.coach)
    with pytest.raises(IntegrityError, match="attendance_once"), transaction.atomic():
        Attendance.objects.create(session=session, person=cast.facilitator, way="host")
    with pytest.raises(IntegrityError, match="attendance_way"), transaction.atomic():
        Attendance.objects.create(session=session, person=cast.coach, way="owl")


def test_a_mark_does_not_undo_what_was_put_right(cast, session):
    marked = Attendance.mark(session, cast.facilitator, by=cast.coach)
    marked.correct(came=False, reason="She was at a visit.", by=cast.admin)
    for way in Attendance.Way:
        with pytest.raises(ValidationError, match="put right"):
            Attendance.mark(session, cast.facilitator, way=way, by=cast.facilitator)
    assert not session.attendances.came().exists()
