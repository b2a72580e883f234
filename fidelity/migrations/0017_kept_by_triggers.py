"""The sums are kept by the database, whoever writes: a form, an import, a deletion.

A review counts while it is submitted, of a person, dated, and not amended since; its team is written once, when it is
submitted, so that what was added can be taken away again. Each statement is one grouped change of
the sums, however many rows it wrote (an import's COPY is one). Writers of one agency take turns
from there to the end of their transaction: two that add to the same months in another order would
wait for each other for ever.
"""

from django.db import migrations

COUNTS = "{r}.submitted_at IS NOT NULL AND {r}.subject_id IS NOT NULL AND {r}.practised_on IS NOT NULL AND {r}.superseded_at IS NULL"
DIMENSIONS = "{r}.agency_id, {r}.team_id, {r}.source, date_trunc('month', {r}.practised_on)::date AS month"

TEAM = """
CREATE FUNCTION fidelity_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.team_id := (
        SELECT supervisor_id FROM agencies_supervision
        WHERE agency_id = NEW.agency_id AND supervisee_id = NEW.subject_id AND kind = 'supervises'
            AND since < NEW.practised_on + interval '1 day'
            AND (until IS NULL OR until > NEW.practised_on)
        ORDER BY since DESC, id LIMIT 1
    );
    RETURN NEW;
END
$$;
CREATE TRIGGER team BEFORE INSERT OR UPDATE OF submitted_at ON fidelity_review
    FOR EACH ROW
    WHEN (NEW.submitted_at IS NOT NULL AND NEW.subject_id IS NOT NULL
        AND NEW.practised_on IS NOT NULL AND NEW.team_id IS NULL)
    EXECUTE FUNCTION fidelity_team();
"""

# A statement for each side: {changes} has the columns of DIMENSIONS, then what and value.
ADD = """
    INSERT INTO fidelity_monthsum AS kept (agency_id, team_id, measure_id, source, month, n, total)
        SELECT agency_id, team_id, what, source, month, count(*), sum(value::numeric)
        FROM ({changes}) changed GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (agency_id, measure_id, source, month, team_id)
        DO UPDATE SET n = kept.n + excluded.n, total = kept.total + excluded.total;
"""
TAKE = """
    WITH less AS (
        SELECT agency_id, team_id, what, source, month, count(*) AS n, sum(value::numeric) AS total
        FROM ({changes}) changed GROUP BY 1, 2, 3, 4, 5
    )
    UPDATE fidelity_monthsum kept SET n = kept.n - less.n, total = kept.total - less.total
        FROM less WHERE kept.agency_id = less.agency_id AND kept.measure_id = less.what
            AND kept.source = less.source AND kept.month = less.month
            AND kept.team_id IS NOT DISTINCT FROM less.team_id;
"""
ADD_ITEMS = """
    INSERT INTO fidelity_itemsum AS kept (agency_id, item_id, source, month, n, total)
        SELECT agency_id, what, source, month, count(*), sum(value::numeric)
        FROM ({changes}) changed GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (agency_id, item_id, source, month)
        DO UPDATE SET n = kept.n + excluded.n, total = kept.total + excluded.total;
"""
TAKE_ITEMS = """
    WITH less AS (
        SELECT agency_id, what, source, month, count(*) AS n, sum(value::numeric) AS total
        FROM ({changes}) changed GROUP BY 1, 2, 3, 4
    )
    UPDATE fidelity_itemsum kept SET n = kept.n - less.n, total = kept.total - less.total
        FROM less WHERE kept.agency_id = less.agency_id AND kept.item_id = less.what
            AND kept.source = less.source AND kept.month = less.month;
"""
TURNS = """
    PERFORM pg_advisory_xact_lock(hashtext('fidelity_monthsum'), agency_id::int) FROM (
        SELECT DISTINCT r.agency_id FROM ({reviews}) r ORDER BY 1
    ) concerned;
"""


def changes(rows: str, reviews: str, what: str) -> str:
    """The scores or answers `rows` of those of `reviews` that count."""
    return (
        f"SELECT {DIMENSIONS.format(r='r')}, s.{what} AS what, s.value FROM {rows} s"
        f" JOIN {reviews} r ON r.id = s.review_id"
        f" WHERE s.value IS NOT NULL AND {COUNTS.format(r='r')}"
    )


def of_reviews() -> str:
    """Three functions, since a transition table is there only for what its statement did. An update
    that changes nothing of this (a hand-over) touches no sum."""
    same = "(o.agency_id, o.team_id, o.source, o.practised_on, o.subject_id, o.submitted_at IS NULL, o.superseded_at IS NULL)"
    other = same.replace("o.", "n.")
    moved = f"(SELECT {{side}}.* FROM before o JOIN after n USING (id) WHERE {same} IS DISTINCT FROM {other})"
    parts = []
    for name, took, came in (
        ("inserted", "", "after"),
        ("updated", moved.format(side="o"), moved.format(side="n")),
        ("deleted", "before", ""),
    ):
        body = TURNS.format(
            reviews=" UNION ALL ".join(
                f"SELECT r.agency_id FROM {each} r WHERE {COUNTS.format(r='r')}"
                for each in (took, came)
                if each
            )
        )
        if took:
            body += TAKE.format(changes=changes("fidelity_score", took, "measure_id"))
            body += TAKE_ITEMS.format(changes=changes("fidelity_answer", took, "item_id"))
        if came:
            body += ADD.format(changes=changes("fidelity_score", came, "measure_id"))
            body += ADD_ITEMS.format(changes=changes("fidelity_answer", came, "item_id"))
        parts.append(trigger("review", name, body))
    return "".join(parts)


def of_rows(table: str, what: str, add: str, take: str) -> str:
    parts = []
    for name, sides in (("inserted", "after"), ("updated", "before after"), ("deleted", "before")):
        body = TURNS.format(
            reviews=" UNION ALL ".join(
                f"SELECT r.agency_id FROM {side} s JOIN fidelity_review r ON r.id = s.review_id"
                f" WHERE {COUNTS.format(r='r')}"
                for side in sides.split()
            )
        )
        if "before" in sides:
            body += take.format(changes=changes("before", "fidelity_review", what))
        if "after" in sides:
            body += add.format(changes=changes("after", "fidelity_review", what))
        parts.append(trigger(table, name, body))
    return "".join(parts)


def trigger(table: str, name: str, body: str) -> str:
    verb = {"inserted": "INSERT", "updated": "UPDATE", "deleted": "DELETE"}[name]
    tables = {
        "inserted": "NEW TABLE AS after",
        "updated": "OLD TABLE AS before NEW TABLE AS after",
        "deleted": "OLD TABLE AS before",
    }[name]
    return f"""
CREATE FUNCTION fidelity_sum_{table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {body}
    RETURN NULL;
END
$$;
CREATE TRIGGER sum_{name} AFTER {verb} ON fidelity_{table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION fidelity_sum_{table}_{name}();
"""


RECOUNT = f"""
CREATE FUNCTION fidelity_recount() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE fidelity_review, fidelity_score, fidelity_answer IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM fidelity_monthsum;
    DELETE FROM fidelity_itemsum;
    {ADD.format(changes=changes("fidelity_score", "fidelity_review", "measure_id"))}
    {ADD_ITEMS.format(changes=changes("fidelity_answer", "fidelity_review", "item_id"))}
END
$$;
"""

KEEP = (
    TEAM
    + of_reviews()
    + of_rows("score", "measure_id", ADD, TAKE)
    + of_rows("answer", "item_id", ADD_ITEMS, TAKE_ITEMS)
    + RECOUNT
)

# Those of before: their team, then everything once. Whoever submits meanwhile waits for it.
BEGIN = """
UPDATE fidelity_review r SET submitted_at = r.submitted_at
    WHERE r.submitted_at IS NOT NULL AND r.subject_id IS NOT NULL;
SELECT fidelity_recount();
"""

LEAVE = "DROP TRIGGER team ON fidelity_review; DROP FUNCTION fidelity_team();" + "".join(
    f"DROP TRIGGER sum_{name} ON fidelity_{table};"
    f" DROP FUNCTION fidelity_sum_{table}_{name}();"
    for table in ("review", "score", "answer")
    for name in ("inserted", "updated", "deleted")
) + "DROP FUNCTION fidelity_recount();"


class Migration(migrations.Migration):
    dependencies = [("fidelity", "0016_sums"), ("agencies", "0003_roster")]
    operations = [
        migrations.RunSQL(KEEP, LEAVE),
        migrations.RunSQL(BEGIN, "DELETE FROM fidelity_monthsum; DELETE FROM fidelity_itemsum;"),
    ]
