"""The threads of an entry as one person sees them."""

from dataclasses import dataclass

from portal.people.models import User
from reflections.forms import ResponseForm
from reflections.models import Reflection, Response


@dataclass(frozen=True)
class Thread:
    """What one reader and the author said to each other, oldest first; `form` goes on."""

    reader: User
    responses: list[Response]
    form: ResponseForm


def threads_for(person: User, reflection: Reflection) -> list[Thread]:
    """All threads for the author, their own for a reader, who was let in to the entry already."""
    responses = reflection.responses.select_related("reader")
    visible = responses if person.pk == reflection.author_id else responses.filter(reader=person)
    by_reader: dict[User, list[Response]] = {}
    for response in visible:
        response.reflection = reflection
        # One of the two wrote it, and both are here already.
        if response.by_id == response.reader_id:
            response.by = response.reader
        elif response.by_id == reflection.author_id:
            response.by = reflection.author
        by_reader.setdefault(response.reader, []).append(response)
    return [
        Thread(
            reader,
            responses,
            ResponseForm(initial={"reader": reader.pk}, auto_id=f"respond_{reader.pk}_%s"),
        )
        for reader, responses in by_reader.items()
    ]
