"""Telling many people of many things: what a query finds goes from table to table in the database,
so that a million notices pass through no process of ours."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.notices.kinds import NoticeKind
from portal.notices.models import Channel
from portal.notices.waking import wake_on_commit

# One statement: notices and what carries them stand or fall together, and the keys let nobody be
# told twice, whoever else is telling them at this moment.
TELL = """
WITH told (key, subject_type, subject_id, due_at, expires_at) AS (
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::timestamptz[],
                         %s::timestamptz[])
), audience (key, person) AS ({audience}),
off (person, is_off) AS (
    SELECT person_id, true FROM notices_preference
    WHERE channel = 'portal' AND NOT wanted AND category = %s AND NOT %s
    UNION SELECT person_id, true FROM notices_exclusion
    WHERE channel = 'portal' AND kind = %s AND NOT %s
), noticed AS (
    INSERT INTO notices_notice (kind, subject_type, subject_id, recipient_id, due_at, expires_at,
                                created_at, in_portal)
    SELECT {each} %s, subject_type, subject_id, person, due_at, expires_at, %s, is_off IS NULL
    FROM told JOIN audience USING (key) LEFT JOIN off USING (person) {order}
    ON CONFLICT DO NOTHING
    RETURNING id, subject_type, subject_id, due_at, recipient_id
), carried AS (
    INSERT INTO notices_delivery (notice_id, channel, state, reason, attempts, lost, next_try_at)
    SELECT id, channel, 'planned', '', 0, 0, due_at
    FROM noticed CROSS JOIN unnest(%s::text[]) AS channel
    UNION ALL SELECT id, 'push', 'planned', '', 0, 0, due_at
    FROM noticed WHERE %s
    AND recipient_id IN (SELECT person_id FROM notices_pushsubscription)
)
SELECT subject_type, subject_id, due_at, count(*) FROM noticed GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Telling:
    """One thing that those of the audience who have its `key` are to be told."""

    key: int
    subject_type: str
    subject_id: int
    due_at: datetime
    expires_at: datetime | None


@transaction.atomic
def tell_each(
    kind: type[NoticeKind],
    tellings: Collection[Telling],
    audience: QuerySet[Any, Any],
    at: datetime | None = None,
    *,
    of_one: bool = False,
) -> dict[tuple[str, int, datetime], int]:
    """Tell everyone whom `audience` names: rows of (key, person's id), and of nothing else.

    With `of_one`, whoever is in several audiences is told of one thing only: what is due last.
    How many notices are new, by what they are about and when they are due.
    """
    at = at or timezone.now()
    sql, values = audience.query.sql_with_params()
    columns = zip(
        *((t.key, t.subject_type, t.subject_id, t.due_at, t.expires_at) for t in tellings),
        strict=True,
    )
    given = [list(column) for column in columns]
    with connection.cursor() as cursor:
        words = (
            ("DISTINCT ON (person)", "ORDER BY person, due_at DESC, key") if of_one else ("", "")
        )
        told = TELL.format(audience=sql, each=words[0], order=words[1])
        carried = [channel for channel in kind.channels if channel != Channel.PUSH]
        off: list[Any] = [kind.category, kind.essential, kind.kind, kind.essential]
        cursor.execute(told, [*given, *values, *off, kind.kind, at, carried, kind.is_pushed()])
        fresh = {tuple(row[:3]): row[3] for row in cursor.fetchall()}
    if fresh and any(telling.due_at <= at for telling in tellings):
        wake_on_commit()
    return fresh
