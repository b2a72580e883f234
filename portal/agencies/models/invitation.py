"""An invitation to work in an agency, and its acceptance."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models.agency import Agency
from portal.agencies.models.dated import holds_at
from portal.agencies.models.position import Position, Role
from portal.agencies.models.standing import agencies_of
from portal.agencies.models.supervision import Supervision
from portal.agencies.notices import InvitationAccepted
from portal.audit.events import record
from portal.people import letters
from portal.people.models import Letter, User
from portal.web.privacy import CONTACT, NONE, WORK

GOOD_FOR = timedelta(days=14)
TEMPLATE = "agencies/emails/invitation"


def digest_of(token: str) -> str:
    """What is kept of a token. It carries 32 random bytes: a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def administered_by(self, person: User) -> Self:
        return self.filter(agency__in=agencies_of(person, "admin"))

    def standing(self) -> Self:
        """Neither accepted nor revoked; it may have expired."""
        return self.filter(settled_at=None)

    def usable(self, at: datetime | None = None) -> Self:
        return self.standing().filter(expires_at__gt=at or timezone.now())

    def of_token(self, token: str) -> "Invitation | None":
        """The invitation that a link belongs to, in whatever state it is."""
        return (
            Invitation.objects.filter(token_digest=digest_of(token))
            .select_related("agency", "invited_by", "acceptance")
            .first()
        )

    @transaction.atomic
    def write_waiting_letters(self, limit: int = 500) -> int:
        """Write letters for invitations that have none yet, `limit` at a time; how many.

        A roster brings thousands at once: they are written here, outside of any page.
        """
        waiting = (
            Invitation.objects.usable()
            .filter(token_digest=None)
            .order_by("pk")
            .select_related("agency")
        )
        batch = list(waiting.select_for_update(of=("self",), skip_locked=True)[:limit])
        drafts = [invitation.draft_letter() for invitation in batch]
        written = Letter.objects.bulk_create([letter for letter, _digest in drafts])
        for invitation, letter, (_letter, digest) in zip(batch, written, drafts, strict=True):
            invitation.letter, invitation.token_digest = letter, digest
        Invitation.objects.bulk_update(batch, ["letter", "token_digest"])
        return len(batch)

    @transaction.atomic
    def invite(
        self,
        agency: Agency,
        *,
        email: str,
        name: str,
        role: str,
        by: User | None,
        supervisor: User | None = None,
        at: datetime | None = None,
    ) -> "Invitation":
        """Ask someone to join; the letter is on its way once this holds.

        Asking twice for the same role changes nothing but what is newer: it sends again.
        """
        at = at or timezone.now()
        email = email.strip().lower()
        mine = Invitation.objects.standing().filter(agency=agency, email=email, role=role)
        invitation = mine.first()
        if invitation is None:
            invitation = Invitation.objects.create(
                agency=agency,
                email=email,
                name=name.strip(),
                role=role,
                supervisor=supervisor,
                invited_by=by,
                created_at=at,
                expires_at=at + GOOD_FOR,
            )
            record("invitation.sent", on=invitation, by=by, at=at)
            letters.hand_over([invitation.write_letter(at=at)])
        else:
            invitation.name, invitation.supervisor = name.strip(), supervisor
            invitation.save(update_fields=["name", "supervisor"])
            invitation.resend(by=by, at=at)
        return invitation


class Invitation(models.Model):
    """`agency` asks `email` to join as `role`. Only the token's hash is kept, and only once its
    letter is written; `settled_at` says that it was accepted (it has an acceptance) or revoked."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "email": CONTACT,
        "name": CONTACT,
        "role": WORK,
        "supervisor": WORK,
        "coach": WORK,
        "since": WORK,
        "until": WORK,
        "invited_by": WORK,
        "created_at": WORK,
        "expires_at": WORK,
        "settled_at": WORK,
        "token_digest": NONE,
        "letter": NONE,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    supervisor = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    coach = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField(_("from"), null=True, blank=True)  # not before this
    until = models.DateTimeField(_("until"), null=True, blank=True)  # a stand-in's end
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    token_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, related_name="+")

    link = ""  # known only to the object that wrote the letter: the database has its hash

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "email", "role"],
                condition=Q(settled_at=None),
                name="agencies_invitation_one_open",
                violation_error_message=_(
                    "They are invited to this role already: send that invitation again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="agencies_invitation_email_lowercase",
                violation_error_message=_("Write the email address in small letters."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="agencies_invitation_role",
                violation_error_message=_("Choose one of the roles."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="agencies_invitation_expires_after_start",
                violation_error_message=_("Let the invitation last until after today."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="agencies_invitation_unwritten",
                condition=Q(settled_at=None, token_digest=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return reverse("agencies:invitations.index", args=[self.agency_id])

    def is_usable(self, at: datetime | None = None) -> bool:
        return self.settled_at is None and self.expires_at > (at or timezone.now())

    def has_expired(self, at: datetime | None = None) -> bool:
        return self.settled_at is None and self.expires_at <= (at or timezone.now())

    def is_accepted(self) -> bool:
        return Acceptance.objects.filter(invitation=self).exists()

    def write_letter(self, *, at: datetime | None = None) -> Letter:
        """A new token and the letter that carries it. Links of earlier letters end."""
        letter, digest = self.draft_letter(at=at)
        letter.save()
        self.letter, self.token_digest = letter, digest
        self.save(update_fields=["letter", "token_digest"])
        return letter

    def draft_letter(self, *, at: datetime | None = None) -> tuple[Letter, str]:
        """The letter, not saved yet, and the hash of the token that it carries."""
        token = secrets.token_urlsafe(32)
        path = reverse("agencies:acceptances.new", args=[token])
        self.link = f"{settings.PUBLIC_URL}{path}"
        letter = letters.render(
            TEMPLATE,
            to=self.email,
            context={
                "invitation": self,
                "agency": self.agency,
                "url": self.link,
            },
            at=at,
            expires_at=self.expires_at,
        )
        return letter, digest_of(token)

    @transaction.atomic
    def resend(self, *, by: User | None, at: datetime | None = None) -> None:
        """Send a fresh link, good for two weeks from now. A settled invitation stays settled."""
        at = at or timezone.now()
        if self.settled_at:
            return
        self.expires_at = at + GOOD_FOR
        self.save(update_fields=["expires_at"])
        record("invitation.resent", on=self, by=by, at=at)
        letters.hand_over([self.write_letter(at=at)])

    @transaction.atomic
    def revoke(self, *, by: User | None, at: datetime | None = None) -> None:
        """End the invitation; its link leads nowhere. Revoking twice changes nothing."""
        at = at or timezone.now()
        if not Invitation.objects.standing().filter(pk=self.pk).update(settled_at=at):
            return
        self.settled_at = at
        record("invitation.revoked", on=self, by=by, at=at)

    @transaction.atomic
    def accept(self, person: User, *, at: datetime | None = None) -> "Acceptance | None":
        """Begin the position; None when somebody settled the invitation in the meantime."""
        at = at or timezone.now()
        if not Invitation.objects.usable(at).filter(pk=self.pk).update(settled_at=at):
            return None
        self.settled_at = at
        if not person.is_active:
            self.agency.lets_in_again(person)
        acceptance = Acceptance.objects.create(invitation=self, person=person, at=at)
        record("invitation.accepted", on=self, by=person, at=at)
        self._begin_position(person, at)
        if self.invited_by:
            InvitationAccepted.tell([self.invited_by], about=self)
        return acceptance

    def _begin_position(self, person: User, at: datetime) -> None:
        since = max(self.since or at, at)
        if self.until and self.until <= since:
            return
        theirs = person.positions.filter(agency=self.agency, role=self.role)
        if not theirs.not_over(since).exists():
            Position.objects.begin(
                person,
                self.agency,
                self.role,
                since=since,
                until=self.until,
                by=self.invited_by,
                quietly=True,
            )
        for supervisor, kind in (
            (self.supervisor, Supervision.Kind.SUPERVISES),
            (self.coach, Supervision.Kind.COACHES),
        ):
            # They may have left in the meantime.
            if supervisor and supervisor.positions.filter(holds_at(), agency=self.agency).exists():
                Supervision.objects.begin(
                    supervisor, person, self.agency, kind=kind, since=since, by=self.invited_by
                )


class Acceptance(models.Model):
    """Who accepted an invitation, and when."""

    privacy = {"id": NONE, "invitation": WORK, "person": WORK, "at": WORK}

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, related_name="acceptance"
    )
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")

    def __str__(self) -> str:
        return f"{self.person_id} accepted {self.invitation_id}"
