"""The threads of an entry as one person sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.people.models import User
from portal.prepared import prepared
from reflections.forms import ResponseForm
from reflections.models import Reflection, Response, Share, ThreadShare
from reflections.models.answering import may_answer
from reflections.notices import ReflectionAnswered
from reflections.readers import Audience, reads


@dataclass(frozen=True)
class Thread:
    """What one reader and the author said to each other, oldest first; `form` goes on, where the
    person is one of the two and the other would read it. `shown_to`: who else reads it."""

    reader: User
    responses: list[Response]
    form: ResponseForm | None
    shown_to: list[str]
    is_mine: bool

    @property
    def is_news(self) -> bool:
        """Whether the person was told of one of these and has not read that."""
        return any(response.is_news for response in self.responses)  # type: ignore[attr-defined]


def threads_for(
    person: User, reflection: Reflection, readers: Iterable[Audience] = ()
) -> list[Thread]:
    """All threads for the author; for a reader, who was let in to the entry already, their own
    and those that the author lets them read. `readers`: the entry's, as its author sees them."""
    is_author = person.pk == reflection.author_id
    by_reader: dict[User, list[Response]] = {}
    for response in _visible(person, reflection):
        response.reflection = reflection
        # One of the two wrote it, and both are here already.
        if response.by_id == response.reader_id:
            response.by = response.reader
        elif response.by_id == reflection.author_id:
            response.by = reflection.author
        by_reader.setdefault(response.reader, []).append(response)
    answers = not is_author and may_answer(person, reflection.author_id)
    threads = []
    for reader, responses in by_reader.items():
        is_mine = is_author or reader.pk == person.pk
        goes_on = reads(reader, readers) if is_author else is_mine and answers
        form = ResponseForm(initial={"reader": reader.pk}, auto_id=f"respond_{reader.pk}_%s")
        shares: list[int] = responses[0].shown_to  # type: ignore[attr-defined]  # of the thread
        shown_to = _names(shares, is_author, readers) if is_mine else []
        threads.append(Thread(reader, responses, form if goes_on else None, shown_to, is_mine))
    return threads


def _visible(person: User, reflection: Reflection) -> Iterable[Response]:
    """Each with the shares that its thread is open to."""
    if person.pk == reflection.author_id:
        return _responses_to(reflection, person.pk)
    ways = [share.pk for share in reflection.ways_in(person)]
    return _responses_shown(reflection, person.pk, ways)


@prepared
def _responses_to(reflection: Reflection, person: int) -> QuerySet[Response]:
    shown = ThreadShare.objects.of(reflection).filter(reader=OuterRef("reader"))
    responses = Response.objects.filter(reflection=reflection).select_related("reader")
    return responses.annotate(
        shown_to=ArraySubquery(shown.values("share")),
        is_news=Exists(ReflectionAnswered.unread_by(person).filter(subject_id=OuterRef("pk"))),
    )


@prepared
def _responses_shown(reflection: Reflection, person: int, ways: list[int]) -> QuerySet[Response]:
    to_them = ThreadShare.objects.of(reflection).filter(share__in=ways).values("reader")
    responses = _responses_to.build(reflection, person)
    return responses.filter(Q(reader=person) | Q(shareable=True, reader__in=to_them))


def _names(shares: list[int], is_author: bool, readers: Iterable[Audience]) -> list[str]:
    """Who reads a thread besides its two. Its author has the readers at hand; to the other one a
    name is enough."""
    if is_author:
        return [each.words for each in readers if each.share and each.share.pk in shares]
    if not shares:
        return []
    shown = Share.objects.filter(pk__in=shares).select_related("person", "community")
    return [str(share.reader) for share in shown]
