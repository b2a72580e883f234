"""No word of a journal where it must not be: logs, error reports, audit, notices, mail, addresses,
Django's admin, and the room of scores."""

import ast
import io
import logging
import sys
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from portal.audit.models import Entry
from portal.notices.kinds import kinds, subject_of
from portal.notices.models import Notice
from portal.web.logs import JsonFormatter
from reflections.models import Reflection
from reflections.wordless import wordlessly
from tests.reflections import make
from tests.reflections.make import SECRET

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def log():
    """All that is logged, as production writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def the_whole_journey(cast, as_person) -> Reflection:
    """Written, kept, shared, opened, answered, asked, followed up, through the pages."""
    author, supervisor = as_person(cast.facilitator), as_person(cast.supervisor)
    entry = make.draft(cast.facilitator)
    sent = make.page(entry, f"At last: {SECRET}", next_time=f"Look for {SECRET}", keep="1")
    author.post(reverse("reflections:drafts.edit", args=[entry.key]), sent)
    sent["version"] = 2
    author.post(reverse("reflections:reflections.edit", args=[entry.key]), sent)
    to_supervisor = {"with": f"user-{cast.supervisor.pk}"}
    author.post(reverse("reflections:shares.new", args=[entry.key]), to_supervisor)
    page = supervisor.get(reverse("reflections:reflections.show", args=[entry.key]))
    assert SECRET in page.content.decode()
    answer = {"text": f"I saw {SECRET} too"}
    supervisor.post(reverse("reflections:responses.new", args=[entry.key]), answer)
    entry.refresh_from_db()
    assert entry.responses.count() == 1
    asked = reverse("reflections:questions.edit", args=[entry.key])
    author.post(asked, {"text": f"Who else saw {SECRET}?"})
    what_came = {"kind": "tried", "words": f"There was {SECRET}"}
    author.post(entry.commitment.get_absolute_url(), what_came)
    author.post(reverse("reflections:follow_ups.new", args=[entry.commitment_id]))
    story = author.get(reverse("reflections:stories.show", args=[entry.key]))
    assert story.content.decode().count(SECRET) == 3
    return entry


def test_no_word_reaches_the_log(cast, as_person, log):
    the_whole_journey(cast, as_person)

    assert "trellis.request" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_no_word_reaches_audit_or_notices(cast, as_person):
    the_whole_journey(cast, as_person)

    assert Entry.objects.count() >= 4
    rows = [*Entry.objects.values_list(), *Notice.objects.values_list()]
    assert SECRET not in str(rows)


def test_no_word_reaches_mail_and_no_key_of_text_a_subject(cast, as_person):
    the_whole_journey(cast, as_person)

    told = list(Notice.objects.filter(kind__startswith="reflection."))
    assert {notice.kind for notice in told} == {"reflection.shared", "reflection.answered"}
    for notice in told:
        kind = kinds[notice.kind]
        context = kind.context(notice, subject_of(notice))
        for ending in ("subject.txt", "txt", "html"):
            assert SECRET not in render_to_string(f"{kind.template}.{ending}", context)
        assert SECRET not in context["url"]


def test_an_error_while_saving_tells_no_word(cast, log, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(cast.facilitator)
    entry = make.draft(cast.facilitator)

    def breaks(self, answers, **rest):
        raise RuntimeError(f"could not save {answers}")

    monkeypatch.setattr(Reflection, "save_draft", breaks)
    for name in ("drafts.edit", "reflections.edit"):
        url = reverse(f"reflections:{name}", args=[entry.key])
        answer = client.post(url, make.page(entry, f"Now: {SECRET}"))
        assert answer.status_code == 500
        assert SECRET not in answer.content.decode()

    assert "RuntimeError" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_an_error_report_holds_back_what_was_posted(cast, settings, monkeypatch):
    client, reports = Client(raise_request_exception=False), []
    client.force_login(cast.facilitator)
    entry = make.draft(cast.facilitator)

    def breaks(self, answers, **rest):
        raise RuntimeError("no words here")

    def report(sender, request, **rest):
        reports.append(ExceptionReporter(request, *sys.exc_info()))

    monkeypatch.setattr(Reflection, "save_draft", breaks)
    got_request_exception.connect(report)
    try:
        url = reverse("reflections:drafts.edit", args=[entry.key])
        client.post(url, make.page(entry, SECRET))
    finally:
        got_request_exception.disconnect(report)

    (told,) = reports
    for words in (told.get_traceback_text(), told.get_traceback_html()):
        assert "no words here" in words
        assert "save_draft" in words
        assert SECRET not in words


def test_a_database_error_says_which_constraint_and_no_word(cast):
    entry = make.shared_with_supervisor(cast)
    long = SECRET * 100

    with pytest.raises(DatabaseError) as error:
        wordlessly(lambda: Reflection.objects.filter(pk=entry.pk).update(next_time=long))

    assert str(error.value) == "22001"
    assert (error.value.__cause__, error.value.__context__) == (None, None)


def test_a_conflict_and_a_refusal_carry_no_word_in_their_messages(cast):
    entry = make.kept(cast.facilitator)

    with pytest.raises(ValidationError) as refused:
        entry.share_with(cast.admin, by=cast.facilitator)

    assert SECRET not in str(refused.value)
    assert SECRET not in repr(entry)


def test_operations_have_no_page_for_the_journal():
    registered = {model._meta.app_label for model in admin.site._registry}

    assert "reflections" not in registered


def test_running_operations_gets_no_page_of_a_journal(cast, as_person):
    entry = make.shared_with_supervisor(cast)
    cast.admin.is_staff = cast.admin.is_superuser = True
    cast.admin.save()
    client = as_person(cast.admin)

    for name in ("reflections.show", "reflections.edit", "reflections.remove", "shares.new"):
        answer = client.get(reverse(f"reflections:{name}", args=[entry.key]))
        assert answer.status_code == 404, name


def test_journals_and_scores_never_meet():
    for room, other in (("reflections", "fidelity"), ("fidelity", "reflections")):
        for path in (ROOT / room).rglob("*.py"):
            assert other not in imported(path), path


def imported(path: Path) -> set[str]:
    """The packages that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def test_a_leavers_journal_stays_closed_to_everyone(cast):
    entry = make.shared_with_circle(cast)
    entry.share_with(cast.supervisor, by=cast.facilitator)

    cast.northside.agency.departs(cast.facilitator, by=cast.admin, hand_over_to=cast.newcomer)

    assert Reflection.objects.filter(pk=entry.pk).exists()
    assert not entry.shares.exists()
    for person in [*cast.northside.people()[1:], *cast.riverbend.people(), cast.newcomer]:
        assert list(Reflection.objects.visible_to(person)) == []
