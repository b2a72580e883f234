"""What a person reads of an entry, in words, before it is put on paper or into Markdown."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.models import Commitment
from communities.models.commitment import FINAL
from reflections.exports.journal import LEFT_OUT, Journal
from reflections.models import Reflection


@dataclass(frozen=True)
class Passage:
    """A heading and text; `notes` are lines of a list beneath."""

    heading: str
    text: str = ""
    notes: list[str] = field(default_factory=list)


def head_of(journal: Journal) -> list[str]:
    """What stands before the entries: whose, of when, and what is not in it."""
    left_out = "; ".join(str(each) for each in LEFT_OUT)
    day = date_format(timezone.localtime(journal.at), "DATE_FORMAT")
    part = [_("Only what is of %(year)s.") % {"year": journal.year}] if journal.year else []
    return [
        _("Written by %(name)s. Taken from Trellis on %(day)s.")
        % {"name": journal.person.name, "day": day},
        *part,
        _("Not in here: %(things)s.") % {"things": left_out},
        _("Reflections have no legal privilege. Keep this file where only you can read it."),
    ]


def title_of(entry: Reflection) -> str:
    """ "24 November 2026", with a word where it is a draft."""
    if entry.kept_at is None:
        return _("Draft, saved on %(day)s") % {"day": _day(entry.saved_at)}
    return _day(entry.kept_at)


def about(entry: Reflection) -> str:
    """Its prompts, and what it is about."""
    things = [entry.prompt_set.spoken_name]
    things += [each.label for each in (entry.principle, entry.phase, entry.skill) if each]
    if entry.session:
        things.append(entry.session.series.title)
    return " · ".join(things)


def passages_of(entry: Reflection) -> list[Passage]:
    """Answers, what they follow from, what comes next, who reads it, who opened it, the threads."""
    passages = [Passage(question, text) for question, text in entry.answered()]
    if link := getattr(entry, "follow_up", None):
        passages.append(_promised(_("What it follows up"), link.commitment, _origin(entry)))
    if given := getattr(entry, "rating", None):
        rated = {"skill": given.skill.label, "value": given.value}
        passages.append(Passage(_("How you rated it"), _("%(skill)s: %(value)d of 5") % rated))
    if entry.commitment:
        passages.append(_promised(_("Next time I will"), entry.commitment))
    elif entry.next_time.strip():
        passages.append(Passage(_("Next time I will"), entry.next_time))
    if asked := getattr(entry, "question", None):
        passages.append(Passage(_("What you ask your readers"), asked.text))
    readers = [
        _("%(reader)s, since %(day)s") % {"reader": share.reader, "day": _day(share.at)}
        for share in entry.shares.all()
    ]
    passages.append(
        Passage(_("Who can read it"), "" if readers else _("Only you."), readers),
    )
    if opened := [f"{each.reader}, {_time(each.at)}" for each in entry.openings.all()]:
        passages.append(Passage(_("Who opened it"), notes=opened))
    for each in entry.responses.all():
        if each.is_from_the_author:
            who = _("You to %(reader)s, %(time)s") % {"reader": each.reader, "time": _time(each.at)}
        else:
            who = _("%(reader)s, %(time)s") % {"reader": each.reader, "time": _time(each.at)}
        passages.append(Passage(who, each.text))
    return passages + _open_threads(entry)


def _promised(heading: str, commitment: Commitment, *notes: str) -> Passage:
    """A commitment, and what was said of it."""
    said = [
        f"{_day(each.at)}: {each.get_kind_display()}. {each.words}".strip()
        for each in commitment.outcomes.all()
    ]
    over = any(each.kind in FINAL for each in commitment.outcomes.all())
    day = date_format(commitment.due_on, "DATE_FORMAT")
    due = [] if over else [_("It comes back on %(day)s.") % {"day": day}]
    return Passage(heading, commitment.text, [*(note for note in notes if note), *due, *said])


def _origin(entry: Reflection) -> str:
    """Which entry ended in what this one follows up, where one did."""
    at: datetime | None = entry.follows_at  # type: ignore[attr-defined]  # of the export
    return _("From your entry of %(day)s.") % {"day": _day(at)} if at else ""


def _open_threads(entry: Reflection) -> list[Passage]:
    """Which threads others read, by their author's choice."""
    shown = [
        _("The thread with %(name)s: %(readers)s") % {"name": each.reader, "readers": share.reader}
        for share in entry.shares.all()
        for each in share.threads.all()
    ]
    return [Passage(_("Who else reads a thread"), notes=shown)] if shown else []


def _day(instant: datetime) -> str:
    return date_format(timezone.localtime(instant), "DATE_FORMAT")


def _time(instant: datetime) -> str:
    return date_format(timezone.localtime(instant), "DATETIME_FORMAT")
