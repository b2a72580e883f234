"""A sample of each notice: who is told, and what about. tests/portal/notices/test_words.py."""

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


SAMPLES = {
    "reflection.shared": shared,
    "reflection.answered": answered,
    "reflection.reader_left": reader_left,
}
