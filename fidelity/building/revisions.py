"""New drafts that begin as something else: a version before, a shipped one, a file."""

from typing import Any

from django.db import transaction

from fidelity.building.document import document_of, fill
from fidelity.models import Instrument, Version
from portal.agencies.models import Agency
from portal.audit.events import record
from portal.people.models import User


@transaction.atomic
def new_version(instrument: Instrument, *, by: User) -> Version:
    """A draft that begins as the latest version. Raises HasDraft."""
    last = instrument.versions.order_by("number").last()
    draft = instrument.revise(by=by)
    if last:
        fill(draft, document_of(last))
    return draft


@transaction.atomic
def own_copy(instrument: Instrument, *, by: User, agency: Agency, name: str) -> Version:
    """The agency's own instrument, whose draft begins as the latest published version."""
    last = instrument.versions.published().order_by("-number").first()
    draft = Instrument.objects.begin(
        by=by, agency=agency, name=name, about=instrument.about, sources=instrument.sources
    )
    if last:
        fill(draft, document_of(last))
    return draft


@transaction.atomic
def from_document(document: dict[str, Any], *, by: User, agency: Agency) -> Version:
    """The agency's own instrument, as the document has it."""
    draft = Instrument.objects.begin(
        by=by,
        agency=agency,
        name=document["name"],
        about=document.get("about", ""),
        sources=document["sources"],
    )
    fill(draft, document)
    record("instrument.imported", on=draft, by=by, agency=agency)
    return draft


@transaction.atomic
def version_from_document(instrument: Instrument, document: dict[str, Any], *, by: User) -> Version:
    """The next version of an instrument, as the document has it; what the instrument is called
    and goes by stays. Raises HasDraft."""
    draft = instrument.revise(by=by)
    fill(draft, document)
    record("instrument.imported", on=draft, by=by, agency=instrument.agency)
    return draft
