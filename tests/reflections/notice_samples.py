"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

from django.utils import timezone

from reflections.models import Ending, Retention, ThreadShare
from tests.communities import make_routines
from tests.reflections import make


def shared(cast):
    reflection = make.shared_with_supervisor(cast)
    return cast.supervisor, reflection.shares.get()


def answered(cast):
    reflection = make.shared_with_supervisor(cast)
    answer = reflection.respond(by=cast.supervisor, text="What did you notice then?")
    return cast.facilitator, answer


def reader_left(cast):
    return cast.facilitator, make.shared_with_supervisor(cast)


def thread_shown(cast):
    reflection = make.shared_with_circle(cast)
    reflection.share_with(cast.supervisor, by=cast.facilitator)
    reflection.respond(by=cast.supervisor, text="What did you notice then?")
    circle = reflection.shares.get(person=None)
    shown = ThreadShare.objects.show(reflection, cast.supervisor, circle, by=cast.facilitator)
    return cast.supervisor, shown


def entries_end(cast):
    """The facilitator's agency keeps reflections for three years."""
    agency = cast.northside.agency
    retention = Retention.objects.decide(agency, 3, by=cast.admin)
    return cast.facilitator, Ending.objects.tell(retention, cast.facilitator, at=timezone.now())


def time_to_reflect(cast):
    return cast.facilitator, make_routines.routine(cast.northside.agency)


def answers_waiting(cast):
    """Shared with the supervisor three days before the sample's noon."""
    make.shared_with_supervisor(cast).shares.update(at=make_routines.FIRST)
    return cast.supervisor, make_routines.routine(cast.northside.agency, kind="reflections.waiting")


SAMPLES = {
    "reflection.time": time_to_reflect,
    "reflections.waiting": answers_waiting,
    "reflections.ending": entries_end,
    "reflection.thread_shown": thread_shown,
    "reflection.shared": shared,
    "reflection.answered": answered,
    "reflection.reader_left": reader_left,
}
