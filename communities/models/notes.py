"""A session's shared notes: every save is a version, and two people's words both stay."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.merging import Marks, merge
from communities.models.session import Session
from communities.models.turn import is_open
from portal.audit.events import record
from portal.people.models import User
from portal.prepared import prepared
from portal.web.privacy import FREE, NONE, WORK

LONGEST = 20_000  # characters that one person may send; what a merge makes of two may be longer
SITTING = timedelta(minutes=10)  # saves of one author within this belong together


class NotesVersionQuerySet(models.QuerySet["NotesVersion"]):
    def sittings(self) -> list["NotesVersion"]:
        """The last version of each sitting, the newest first: what a history shows."""
        shown: list[NotesVersion] = []
        for version in self.order_by("-number").select_related("author").defer("text", "sent"):
            if not shown or not version.leads_to(shown[-1]):
                shown.append(version)
            else:
                shown[-1].since = version.at
        return shown

    def thin_out(self) -> int:
        """Forget what a history doesn't show; how many versions. For notes nobody writes on now."""
        kept = [version.pk for version in self.sittings()]
        return self.exclude(pk__in=kept).delete()[0]


class NotesVersion(models.Model):
    """The whole notes after one save. `sent` is what the writer's page had in it when that differs
    from `text`: the page may not have got our answer, and goes on from what it sent."""

    privacy = {
        "id": NONE,
        "session": WORK,
        "number": NONE,
        "text": FREE,
        "sent": FREE,
        "page": NONE,
        "author": WORK,
        "at": WORK,
    }
    since: datetime | None = None  # when its sitting began, in a history

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes_versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    sent = models.TextField(null=True)  # noqa: DJ001  # None: the same as text
    page = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = NotesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a session's notes")
        verbose_name_plural = _("versions of a session's notes")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"], name="communities_notesversion_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="communities_notesversion_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"notes of {self.session_id}, version {self.number}"

    def leads_to(self, later: "NotesVersion") -> bool:
        """Whether the same person went on writing."""
        return self.author_id == later.author_id and later.at - self.at <= SITTING

    def came_from(self) -> str:
        """What the page that saved it had in it."""
        return self.text if self.sent is None else self.sent


@prepared
def _newest(session: int) -> QuerySet[NotesVersion]:
    return NotesVersion.objects.filter(session=session).order_by("-number")[:1]


def notes_of(session: Session) -> NotesVersion | None:
    """The notes as they stand; None while nobody has written any."""
    return _newest.first(session.pk)


@transaction.atomic
def save_notes(
    session: Session,
    text: str,
    *,
    base: int,
    page: str,
    by: User,
    at: datetime | None = None,
) -> NotesVersion:
    """Keep what was written on `page`, which had begun from version `base`. What others saved
    meanwhile stays beside it. Saving the same again changes nothing.

    Raises ValidationError when the session isn't open, or the text is too long.
    """
    at = at or timezone.now()
    text = text.replace("\r\n", "\n")
    if not is_open(session, at):
        raise ValidationError(_("Notes open an hour before the session, unless it is called off."))
    if len(text) > LONGEST:
        raise ValidationError(
            _("Notes can have %(most)d characters. Take some away."), params={"most": LONGEST}
        )
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    last = session.notes_versions.order_by("number").last()
    if last is None:
        last = NotesVersion(session=session, number=0, text="", at=at)
    began = _began_from(session, base, page)
    if text == began:
        return last
    merged = merge(began, last.text, text, _marks())
    version = session.notes_versions.create(
        number=last.number + 1,
        text=merged,
        sent=None if text == merged else text,
        page=page,
        author=by,
        at=at,
    )
    if not last.leads_to(version):
        record("notes.written", on=session, by=by, agency=session.community.agency, at=at)
    return version


def _began_from(session: Session, base: int, page: str) -> str:
    """What the page had before its last changes: what it sent last, or the version it was given.

    A version that was thinned out: the nearest older one. Then at worst words come back, and none
    goes.
    """
    versions = session.notes_versions.order_by("number")
    mine = versions.filter(page=page, number__gt=base).last() if page else None
    if mine:
        return mine.came_from()
    given = versions.filter(number__lte=base).last()
    return given.text if given else ""


def _marks() -> Marks:
    return Marks(
        gettext("[Two people changed this. One wrote:]"),
        gettext("[The other:]"),
        gettext("[Both are kept.]"),
    )
