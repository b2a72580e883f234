"""What a roster would change: compared with what the agency has, in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.agencies.models import Agency, Invitation, Position, Supervision
from portal.agencies.roster.cells import tidied
from portal.agencies.roster.reading import Problem, Row
from portal.people.models import User


@dataclass
class Begins:
    """A position to begin; its person may be new too."""

    row: Row
    since: datetime
    until: datetime | None


@dataclass
class Change:
    """One row that changes something, in words."""

    row: Row
    words: list[str]


@dataclass
class Plan:
    new: list[Row] = field(default_factory=list)  # people who get an invitation
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    people: dict[str, Row] = field(default_factory=dict)  # accounts to make, by address
    asked: list[Row] = field(default_factory=list)  # have an account elsewhere: they are asked
    back: list[User] = field(default_factory=list)  # had left
    renamed: list[User] = field(default_factory=list)
    begun: list[Begins] = field(default_factory=list)
    moved: list[Position] = field(default_factory=list)
    related: list[tuple[str, str, str]] = field(default_factory=list)  # who, whom, kind
    unrelated: list[Supervision] = field(default_factory=list)

    def changes_anything(self) -> bool:
        return bool(self.new or self.changed)


class Planner:
    """Holds what the agency has while the rows are compared with it."""

    def __init__(self, agency: Agency, rows: list[Row], now: datetime | None = None) -> None:
        self.agency, self.rows = agency, rows
        self.now = now or timezone.now()
        self.today = agency.day_of(self.now)
        self.plan = Plan()
        addresses = {row.email for row in rows}
        addresses |= {a for row in rows for a in (*row.supervisors, *row.coaches)}
        self.users = {u.email: u for u in User.objects.filter(email__in=addresses)}
        self.positions: dict[int, list[Position]] = defaultdict(list)
        for position in agency.positions.order_by("since"):
            position.agency = agency
            self.positions[position.person_id].append(position)
        known = [u.pk for u in self.users.values()]
        self.elsewhere = set(
            Position.objects.filter(person__in=known)
            .exclude(agency=agency)
            .values_list("person", flat=True)
        )
        self.relations: dict[int, list[Supervision]] = defaultdict(list)
        for relation in Supervision.objects.not_over(self.now).filter(agency=agency):
            self.relations[relation.supervisee_id].append(relation)
        self.invited = set(
            Invitation.objects.standing().filter(agency=agency).values_list("email", "role")
        )
        self.listed = {row.email for row in rows}
        self.rows_of: dict[tuple[str, str], int] = defaultdict(int)
        for row in rows:
            self.rows_of[row.email, row.role] += 1
        self.related_already: set[str] = set()
        self.renamed_already: set[str] = set()

    def make(self) -> Plan:
        """Compare every row; problems stand in the plan, by row and column."""
        for row in self.rows:
            self._compare(row)
        return self.plan

    def _works_here(self, email: str) -> bool:
        """Whether they do, or will once the roster is in."""
        user = self.users.get(email)
        if user is None or self.positions[user.pk]:
            standing = (p.until is None or p.until > self.now for p in self._theirs(user))
            return any(standing) or email in self.listed
        return False

    def _theirs(self, user: User | None) -> list[Position]:
        return self.positions[user.pk] if user else []

    def _compare(self, row: Row) -> None:
        user = self.users.get(row.email)
        if user and not self.positions[user.pk]:
            self._ask(row)
            return
        words: list[str] = []
        position = self._position_of(row, user)
        if position is None and not self._begin(row, user, words):
            return
        if position is not None:
            self._move(row, position, words)
        if user:
            self._rename(row, user, words)
        words += self._relate(row, user)
        if user is None:
            self.plan.new.append(row)
        elif words:
            self.plan.changed.append(Change(row, words))
        else:
            self.plan.unchanged += 1

    def _ask(self, row: Row) -> None:
        """They have an account, at another agency: nobody makes them ours without asking them."""
        if (row.email, row.role) in self.invited:
            self.plan.unchanged += 1
        else:
            self.plan.asked.append(row)
            self.plan.new.append(row)

    def _position_of(self, row: Row, user: User | None) -> Position | None:
        """The position that a row means: of the same first day, or else the only one."""
        theirs = [p for p in self._theirs(user) if p.role == row.role]
        standing = [p for p in theirs if p.until is None or p.until > self.now]
        if row.since:
            for position in theirs:
                if position.first_day == row.since and (
                    position in standing or row.until == position.last_day
                ):
                    return position
        if len(standing) == 1 and self.rows_of[row.email, row.role] == 1:
            return standing[0]
        return None

    def _begin(self, row: Row, user: User | None, words: list[str]) -> bool:
        since = self.agency.midnight(row.since) if row.since else self.now
        until = self.agency.midnight(row.until + timedelta(days=1)) if row.until else None
        if until and until <= self.now:
            text = _("The last day is over. Leave the row out, or write a later day.")
            self.plan.problems.append(Problem(text, row.line, "until"))
            return False
        for other in self._theirs(user):
            if other.role != row.role or (until and until <= other.since):
                continue
            if other.until is None or other.until > since:
                if row.since in {None, self.today} and other.until and other.until <= self.now:
                    since = other.until  # back on the day on which they left
                    continue
                text = _("They already hold this role from %(first)s on. Correct the first day.")
                day = _shown(other.first_day)
                self.plan.problems.append(Problem(text % {"first": day}, row.line, "since"))
                return False
        if user is None:
            self.plan.people.setdefault(row.email, row)
        elif not user.is_active and user not in self.plan.back:
            self.plan.back.append(user)
        self.plan.begun.append(Begins(row, since, until))
        words.append(_("new role: %(role)s") % {"role": row.role.replace("_", " ")})
        return True

    def _move(self, row: Row, position: Position, words: list[str]) -> None:
        since, until = position.since, position.until
        if row.since and row.since != position.first_day:
            since = self.agency.midnight(row.since)
            words.append(
                _("first day: %(old)s, now %(new)s")
                % {"old": _shown(position.first_day), "new": _shown(row.since)}
            )
        if row.until and row.until != position.last_day:
            until = self.agency.midnight(row.until + timedelta(days=1))
            words.append(
                _("last day: %(old)s, now %(new)s")
                % {"old": _shown(position.last_day), "new": _shown(row.until)}
            )
        if (since, until) == (position.since, position.until):
            return
        if until and until <= since:
            text = _("Write a last day that is not before the first.")
            self.plan.problems.append(Problem(text, row.line, "until"))
            return
        position.since, position.until = since, until
        self.plan.moved.append(position)

    def _rename(self, row: Row, user: User, words: list[str]) -> None:
        """A name that another agency knows too is the person's own to change."""
        if tidied(user.name) == row.name or user.pk in self.elsewhere:
            return
        if user.email in self.renamed_already:
            return
        self.renamed_already.add(user.email)
        words.append(_("name: %(old)s, now %(new)s") % {"old": user.name, "new": row.name})
        user.name = row.name
        self.plan.renamed.append(user)

    def _relate(self, row: Row, user: User | None) -> Iterable[str]:
        """Supervisors and coaches of the first row that names some are the person's."""
        words: list[str] = []
        for kind, column, wanted in (
            ("supervises", "supervisor_email", row.supervisors),
            ("coaches", "coach_email", row.coaches),
        ):
            missing = [address for address in wanted if not self._works_here(address)]
            for address in missing:
                text = _("%(email)s does not work here and is not in this file. Add them first.")
                problem = Problem(text % {"email": address}, row.line, column)
                self.plan.problems.append(problem)
            key = f"{row.email} {kind}"
            if not wanted or missing or key in self.related_already:
                continue
            self.related_already.add(key)
            words += self._relate_as(kind, row, user, wanted)
        return words

    def _relate_as(
        self, kind: str, row: Row, user: User | None, wanted: tuple[str, ...]
    ) -> Iterable[str]:
        standing = [r for r in (self.relations[user.pk] if user else []) if r.kind == kind]
        ids = {self.users[a].pk: a for a in wanted if a in self.users}
        have = {ids[r.supervisor_id] for r in standing if r.supervisor_id in ids}
        fresh = [address for address in wanted if address not in have]
        ended = [r for r in standing if r.supervisor_id not in ids]
        self.plan.related += [(address, row.email, kind) for address in fresh]
        self.plan.unrelated += ended
        if not fresh and not ended:
            return []
        text = _("supervised by %(who)s") if kind == "supervises" else _("coached by %(who)s")
        return [text % {"who": ", ".join(wanted)}]


def _shown(day: date | None) -> str:
    return date_format(day, "Y-m-d") if day else _("none")
