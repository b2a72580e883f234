"""Builders of reflections: one keyword a fact, decent values for the rest."""

import uuid
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.people.models import User
from reflections.models import Hold, PromptSet, Reflection
from tests.cast import Cast
from tests.communities import make as communities

SOME_TIME_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = "heron-at-the-weir"  # in each text: to see whether it turns up where it must not


def three_questions() -> PromptSet:
    return PromptSet.objects.get(slug="three-questions")


def own_prompts(cast: Cast, *questions: str, name: str = "Our own", **about: Any) -> PromptSet:
    """A set that Northside's admin offers."""
    asked = [(question, "") for question in questions or ("What would you tell a colleague?",)]
    return PromptSet.offer(
        cast.northside.agency, asked, key=uuid.uuid4(), by=cast.admin, name=name,
        **{"since": SOME_TIME_AGO, **about},
    )  # fmt: skip


def answers(*texts: str, prompts: PromptSet | None = None) -> dict[int, str]:
    """Texts by prompt, in the order of the prompts."""
    asked = (prompts or three_questions()).prompts.all()
    return {prompt.pk: text for prompt, text in zip(asked, texts, strict=False)}


def draft(author: User, *texts: str, **about: Any) -> Reflection:
    prompts = about.pop("prompts", None) or three_questions()
    made = Reflection(key=uuid.uuid4(), author=author, prompt_set=prompts)
    written = answers(*texts or (f"What I saw: {SECRET}",), prompts=prompts)
    made.save_draft(written, version=0, page=uuid.uuid4(), about=about)
    return made


def kept(author: User, *texts: str, **about: Any) -> Reflection:
    made = draft(author, *texts, **about)
    made.keep()
    return made


def shared_with_supervisor(cast: Cast) -> Reflection:
    """The facilitator's, open to their supervisor."""
    made = kept(cast.facilitator)
    made.share_with(cast.supervisor, by=cast.facilitator)
    return made


def shared_with_circle(cast: Cast) -> Reflection:
    """The facilitator's, open to a community whose only other member is the coach."""
    made = kept(cast.facilitator)
    made.share_with(communities.circle(cast), by=cast.facilitator)
    return made


def hold(cast: Cast, **dates: Any) -> Hold:
    """The facilitator's journal is under a legal hold."""
    return Hold.objects.place(
        cast.facilitator, cast.northside.agency, reason="A lawsuit", by=cast.admin, **dates
    )


def page(reflection: Reflection | None = None, *texts: str, **fields: Any) -> dict[str, Any]:
    """What the writing page sends."""
    prompts = reflection.prompt_set if reflection else three_questions()
    boxes = {f"answer_{pk}": text for pk, text in answers(*texts, prompts=prompts).items()}
    return {
        "version": reflection.version if reflection else 0,
        "page": str(uuid.uuid4()),
        "prompts": prompts.pk,
        **boxes,
        **fields,
    }


def queries(client: Client, url: str, status: int = 200) -> int:
    """How many queries a page takes: compare one row with thirty, since the frame has its own."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == status
    return len(captured)
