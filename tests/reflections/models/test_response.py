"""Answers, between two."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.agencies.models import Supervision
from portal.notices.kinds import kinds
from portal.notices.models import Notice
from reflections.models import Reflection, Response
from tests import make as people
from tests.communities import make as communities
from tests.reflections import make


def test_a_supervisor_answers_and_the_author_is_told(cast):
    entry = make.shared_with_supervisor(cast)

    response = entry.respond(by=cast.supervisor, text="  What did the silence do?\n")

    assert (response.text, response.reader) == ("What did the silence do?", cast.supervisor)
    notice = Notice.objects.get(kind="reflection.answered")
    assert notice.recipient == cast.facilitator
    assert kinds[notice.kind].still_holds(notice, response)


def test_the_author_replies_in_the_thread_and_the_reader_is_told(cast):
    entry = make.shared_with_supervisor(cast)
    entry.respond(by=cast.supervisor, text="And then?")

    reply = entry.respond(by=cast.facilitator, text="She spoke.", reader=cast.supervisor)

    assert reply.is_from_the_author
    told = Notice.objects.filter(kind="reflection.answered", recipient=cast.supervisor)
    assert told.count() == 1


def test_a_thread_is_read_by_its_two_only(cast):
    entry = make.shared_with_supervisor(cast)
    entry.share_with(communities.circle(cast), by=cast.facilitator)
    response = entry.respond(by=cast.supervisor, text="And then?")

    sees = {
        person.name
        for person in [*cast.northside.people(), *cast.riverbend.people()]
        if response in Response.objects.visible_to(person)
    }

    assert sees == {cast.facilitator.name, cast.supervisor.name}


def test_someone_who_may_not_read_may_not_answer(cast):
    entry = make.shared_with_supervisor(cast)

    for person in (cast.admin, cast.peer_partner, cast.riverbend.supervisor):
        with pytest.raises(PermissionDenied):
            entry.respond(by=person, text="And then?")


def test_a_peer_of_the_community_reads_and_does_not_answer(cast):
    entry = make.shared_with_circle(cast)
    communities.membership(cast.peer_partner, entry.shares.get().community)

    with pytest.raises(PermissionDenied, match="Supervisors and coaches answer here"):
        entry.respond(by=cast.peer_partner, text="Me too")

    for person, answers in [(cast.peer_partner, []), (cast.coach, [entry]), (cast.admin, [])]:
        assert list(Reflection.objects.answerable_by(person)) == answers
    assert list(Reflection.objects.answerable_by(cast.facilitator)) == [entry]


def test_who_supervises_the_author_answers_whatever_their_role_is_called(cast):
    entry = make.kept(cast.facilitator)
    people.supervision(cast.peer_partner, cast.facilitator, cast.northside.agency)
    entry.share_with(cast.peer_partner, by=cast.facilitator)

    assert list(Reflection.objects.answerable_by(cast.peer_partner)) == [entry]
    assert entry.respond(by=cast.peer_partner, text="And then?").reader == cast.peer_partner


def test_the_author_does_not_reply_to_someone_who_reads_it_no_more(cast):
    entry = make.shared_with_supervisor(cast)
    entry.respond(by=cast.supervisor, text="And then?")
    entry.withdraw_from(cast.supervisor, by=cast.facilitator)

    with pytest.raises(ValidationError, match="can't read it any more"):
        entry.respond(by=cast.facilitator, text="She spoke.", reader=cast.supervisor)


def test_the_author_replies_only_where_someone_answered(cast):
    entry = make.shared_with_supervisor(cast)

    for reader in (None, cast.supervisor):
        with pytest.raises(ValidationError):
            entry.respond(by=cast.facilitator, text="Hello?", reader=reader)


def test_an_answer_has_words(cast):
    entry = make.shared_with_supervisor(cast)

    with pytest.raises(ValidationError):
        entry.respond(by=cast.supervisor, text=" \n")
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.responses.create(reader=cast.supervisor, by=cast.supervisor, text="")


def test_withdrawing_takes_the_readers_unread_notices_and_thread_along(cast):
    entry = make.shared_with_supervisor(cast)
    entry.respond(by=cast.supervisor, text="And then?")
    reply = entry.respond(by=cast.facilitator, text="She spoke.", reader=cast.supervisor)
    told = Notice.objects.get(kind="reflection.answered", recipient=cast.supervisor)

    entry.withdraw_from(cast.supervisor, by=cast.facilitator)

    assert list(Response.objects.visible_to(cast.supervisor)) == []
    assert Response.objects.visible_to(cast.facilitator).count() == 2
    assert list(Notice.objects.standing().filter(recipient=cast.supervisor)) == []
    assert not kinds[told.kind].still_holds(told, reply)


def test_what_waits_is_what_has_the_authors_last_word_the_longest_wait_first(cast):
    first = make.shared_with_supervisor(cast)
    second = make.kept(cast.peer_partner)
    second.share_with(cast.supervisor, by=cast.peer_partner)
    waiting = Reflection.objects.awaiting_answer

    assert list(waiting(cast.supervisor)) == [first, second]
    first.respond(by=cast.supervisor, text="And then?")
    assert list(waiting(cast.supervisor)) == [second]
    first.respond(by=cast.facilitator, text="She spoke.", reader=cast.supervisor)
    assert list(waiting(cast.supervisor)) == [second, first]
    Supervision.objects.filter(supervisee=cast.peer_partner).update(until=timezone.now())
    assert list(waiting(cast.supervisor)) == [first]


def test_what_a_community_reads_waits_for_nobody(cast):
    make.shared_with_circle(cast)

    assert list(Reflection.objects.awaiting_answer(cast.coach)) == []
