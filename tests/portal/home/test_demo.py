"""The demo: two agencies, loaded once, into an empty database, the same all day."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from communities.models import (
    Attendance,
    Celebration,
    Commitment,
    Community,
    NotesVersion,
    Post,
    Reply,
    Session,
)
from fidelity.cells import of_agency
from fidelity.drifts import page_of_programme
from fidelity.filters import Filters
from fidelity.models import (
    Calibration,
    Experiment,
    Feedback,
    FocusGoal,
    ItemSum,
    Review,
    Score,
)
from fidelity.programme import programme_of
from fidelity.raters import raters
from portal.agencies.models import Agency, Position, Role
from portal.home.demo import people
from portal.home.demo.roll import PEOPLE
from portal.notices.models import Notice
from reflections.identifiers import find
from reflections.models import Reflection, Response
from tests.portal.home.walking import walk


class Undone(Exception):
    """Takes back what a test loaded."""


def demo(*words: str) -> str:
    out = StringIO()
    call_command("demo", *words, stdout=out)
    return out.getvalue()


def rows() -> list[Any]:
    """What is in it, by what people see: no ids, and nothing that a clock alone wrote."""
    asked: list[Any] = [
        Session.objects.values_list("series__title", "starts_at", "host__email"),
        Attendance.objects.values_list("session__starts_at", "person__email"),
        Commitment.objects.values_list("person__email", "text", "due_on"),
        Post.objects.values_list("by__email", "title", "at"),
        Celebration.objects.values_list("person__email", "text", "answer__agreed"),
        NotesVersion.objects.values_list("session__starts_at", "text"),
        Score.objects.values_list(
            "review__subject__email", "review__practised_on", "measure__key", "value"
        ),
        # A plan shares its reviews out by its id, which a database counts on.
        Feedback.objects.filter(review__plan=None).values_list(
            "review__subject__email", "author__email", "text", "read_at"
        ),
        Response.objects.values_list("by__email", "text", "at"),
    ]
    found = [sorted(map(repr, query.order_by("pk"))) for query in asked]
    texts = Reflection.objects.values_list("author__email", "kept_at", "answers")
    return [*found, sorted(f"{who} {at} {list(said.values())}" for who, at, said in texts)]


def test_an_empty_database_gets_two_agencies_at_work(db, settings, monkeypatch, client):
    settings.DEBUG = True
    monkeypatch.setattr("portal.home.demo.reviews.CODES", people.__file__ + ".none")
    night = timezone.now().replace(hour=0, minute=1)
    # In the night and, taken back, in the evening: the same rows.
    with (
        pytest.raises(Undone),
        transaction.atomic(),
        time_machine.travel(night + timedelta(hours=22), tick=False),
    ):
        demo()
        before = rows()
        raise Undone
    with time_machine.travel(night, tick=False):
        said = demo()
    assert rows() == before

    now = night.replace(minute=0, second=0, microsecond=0)
    assert people.AGENCY in said
    assert "are not here" in said
    assert Agency.objects.count() == 2
    assert Session.objects.filter(starts_at__gt=now).exists()
    assert Session.objects.filter(starts_at__lt=now - timedelta(weeks=76)).exists()
    assert Review.objects.due_by(now.date()).count() == 2
    assert Reflection.objects.kept().filter(kept_at__lt=now - timedelta(weeks=74)).count() > 10
    assert Reflection.objects.drafts().count() == 1
    assert EmailAddress.objects.filter(verified=True).count() == len(PEOPLE)
    assert Community.objects.exclude(closure=None).count() == 1
    assert Community.objects.exclude(spans=None).get().agency.name == people.NEIGHBOUR
    assert FocusGoal.objects.filter(agreed_at=None).count() == 1
    assert FocusGoal.objects.exclude(agreed_at=None).count() == 2
    assert Experiment.objects.filter(begun_at__isnull=False).count() == 2

    # Nobody is told today of what the demo says happened last month.
    old = Notice.objects.filter(due_at__lt=now - timedelta(days=4))
    assert old.exists()
    assert not old.filter(withdrawn_at=None).exists()

    the_story_is_there(now)
    no_text_tells_who_a_family_is()

    # Every role has a sign-in that works, something that waits, and no link that leads nowhere.
    lines = [line.split() for line in demo("--sign-ins").splitlines()]
    assert len(lines) == len(Role.values)
    for words in lines:
        assert client.login(email=words[-2], password=words[-1])
        assert Notice.objects.filter(
            recipient__email=words[-2], read_at=None, withdrawn_at=None
        ).exists()
        opened = list(walk(client))
        assert len(opened) > 70, words
        assert [step for step in opened if step[2] != 200] == [], words

    # A second time changes nothing.
    counts = Position.objects.count(), Review.objects.count()
    assert "left out" in demo()
    assert (Position.objects.count(), Review.objects.count()) == counts


def the_story_is_there(now: datetime) -> None:
    """By the code that draws the dashboards: it rose once it was coached, and slipped as it grew,
    which is who is scored more than how people practise; and a rater has drifted."""
    agency = Agency.objects.get(name=people.AGENCY)
    series = next(
        each
        for each in programme_of(of_agency(agency.pk)).series(Filters())
        if each.slug == "wraparound-practice-rubric.percent-of-maximum.observation"
    )
    run = page_of_programme(series, agency, kind="run")
    assert "upward" in run.sentence
    course = page_of_programme(series, agency, kind="xmr")
    assert "downward" in course.sentence
    assert "did not move with it" in course.behind

    # Item by item, what slipped furthest.
    sums = ItemSum.objects.filter(agency=agency, item__version=series.measure.version, n__gt=0)
    grew = (now - timedelta(weeks=33)).date()
    fell = {}
    for key in ("natural-supports", "team-based", "persistence", "strengths-based"):
        months = sums.filter(item__key=key).values_list("month", "n", "total")
        means = [
            sum(total for _on, _n, total in part) / sum(n for _on, n, _total in part)
            for part in (
                [each for each in months if grew - timedelta(days=150) < each[0] < grew],
                [each for each in months if each[0] > grew + timedelta(days=60)],
            )
        ]
        fell[key] = means[0] - means[1]
    assert sorted(fell, key=lambda key: -fell[key])[:2] == ["natural-supports", "team-based"]

    rounds = Calibration.objects.values("round").distinct()
    assert rounds.count() == 7
    said = {
        rater.name: rater.sentence
        for rater in raters(
            Calibration._meta.get_field("round").related_model.objects.all(), now.date()
        )
    }
    assert [name for name, told in said.items() if "generous" in told] == ["Samuel Ortiz"]
    assert said.keys() > {"Ruth Adeyemi", "Ingrid Sorensen"}


def no_text_tells_who_a_family_is() -> None:
    """The check that warns before a text is shared has nothing to say of any of them."""
    texts = {
        text
        for answers in Reflection.objects.values_list("answers", flat=True)
        for text in answers.values()
    }
    for model, fields in (
        (Response, ["text"]),
        (Post, ["title", "situation", "happened", "learned"]),
        (Reply, ["text"]),
        (Celebration, ["text"]),
        (Commitment, ["text"]),
        (NotesVersion, ["text"]),
        (Feedback, ["text"]),
    ):
        for said in model.objects.values_list(*fields):
            texts.update(said)
    assert len(texts) > 150
    assert {text: [each.why for each in found] for text in texts if (found := find(text))} == {}


def test_it_is_not_loaded_where_debug_is_off(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="known to everyone"):
        demo()
    assert not Agency.objects.exists()
