"""A community's calendar changed: said by the database, whoever writes (models.calendar_change).

Safe on a live table: a new table, and triggers, each of which holds its table's lock for an
instant. What was written before has no row; a feed's tag is another one once.
"""

import django.db.models.deletion
from django.db import migrations, models

CHANGED = """
CREATE FUNCTION communities_calendar_changed(concerned bigint[]) RETURNS void LANGUAGE sql AS $$
    WITH written AS (
        INSERT INTO communities_calendarchange (community_id)
            SELECT DISTINCT each FROM pg_catalog.unnest(concerned) AS each WHERE each IS NOT NULL
    )
    DELETE FROM communities_calendarchange WHERE id IN (
        SELECT id FROM communities_calendarchange WHERE community_id = ANY (concerned)
            FOR UPDATE SKIP LOCKED
    );
$$;
"""
# How each table's rows, here `changed`, lead to their communities.
SERIES = "SELECT community_id FROM changed"
OF_SERIES = (
    "SELECT s.community_id FROM changed JOIN communities_series s ON s.id = changed.series_id"
)
OF_SESSIONS = (
    "SELECT s.community_id FROM changed JOIN communities_session m ON m.id = changed.session_id"
    " JOIN communities_series s ON s.id = m.series_id"
)
LEADS = {
    "communities_series": SERIES,
    "communities_session": OF_SERIES,
    "communities_ending": OF_SERIES,
    "communities_seriescalendar": OF_SERIES,
    "communities_cancellation": OF_SESSIONS,
}
ROWS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}


def tell(table: str, select: str) -> str:
    """One function a table, and a trigger for each way to write: a statement is one change."""
    function = f"{table}_on_calendar"
    triggers = "".join(
        f"CREATE TRIGGER calendar_{act} AFTER {act.upper()} ON {table}"
        f" REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        for act, rows in ROWS.items()
    )
    return f"""
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM communities_calendar_changed(array(SELECT DISTINCT found.* FROM ({select}) found));
    RETURN NULL;
END
$$;
{triggers}"""


def tell_no_more(table: str) -> str:
    triggers = "".join(f"DROP TRIGGER calendar_{act} ON {table};\n" for act in ROWS)
    return f"{triggers}DROP FUNCTION {table}_on_calendar();\n"


NAMES = """
CREATE FUNCTION communities_named_on_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM communities_calendar_changed(array[NEW.id]);
    RETURN NULL;
END
$$;
CREATE TRIGGER calendar_name AFTER UPDATE ON communities_community
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION communities_named_on_calendar();

CREATE FUNCTION communities_gone_from_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM communities_calendarchange WHERE community_id = OLD.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER calendar_gone AFTER DELETE ON communities_community
    FOR EACH ROW EXECUTE FUNCTION communities_gone_from_calendar();

CREATE FUNCTION communities_host_on_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM communities_calendar_changed(array(
        SELECT community_id FROM communities_series WHERE host_id = NEW.id
        UNION
        SELECT s.community_id FROM communities_session m
            JOIN communities_series s ON s.id = m.series_id WHERE m.host_id = NEW.id
    ));
    RETURN NULL;
END
$$;
CREATE TRIGGER calendar_host AFTER UPDATE OF name ON people_user
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION communities_host_on_calendar();
"""
NO_NAMES = """
DROP TRIGGER calendar_host ON people_user;
DROP TRIGGER calendar_gone ON communities_community;
DROP TRIGGER calendar_name ON communities_community;
DROP FUNCTION communities_host_on_calendar();
DROP FUNCTION communities_gone_from_calendar();
DROP FUNCTION communities_named_on_calendar();
"""


class Migration(migrations.Migration):
    dependencies = [("communities", "0017_series_reminders"), ("people", "0003_letter")]

    operations = [
        migrations.CreateModel(
            name="CalendarChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("community", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="communities.community")),
            ],
            options={
                "verbose_name": "change of a calendar",
                "verbose_name_plural": "changes of calendars",
            },
        ),
        migrations.RunSQL(CHANGED, "DROP FUNCTION communities_calendar_changed(bigint[]);"),
        *[
            migrations.RunSQL(tell(table, select), tell_no_more(table))
            for table, select in LEADS.items()
        ],
        migrations.RunSQL(NAMES, NO_NAMES),
    ]
