"""The sums of 0019 are kept by the database, as those of 0017 are.

Of an agency's months whatever changes in its teams' is rolled up. Raters and subjects are counted
where scores and reviews are written, with the condition of 0017; a hand-over moves its rater's.
"""

from importlib import import_module

from django.db import migrations

kept = import_module("fidelity.migrations.0017_kept_by_triggers")

# The columns of a change, and what each table keeps of them.
DIMENSIONS = "{r}.agency_id, {r}.source, {r}.reviewer_id, {r}.subject_id, date_trunc('month', {r}.practised_on)::date AS month"
KEPT = (
    ("ratersum", "agency_id, measure_id, source, reviewer_id, month"),
    ("subjectsum", "agency_id, measure_id, source, subject_id"),
)


def changes(rows: str, reviews: str) -> str:
    return (
        f"SELECT {DIMENSIONS.format(r='r')}, s.measure_id FROM {rows} s"
        f" JOIN {reviews} r ON r.id = s.review_id"
        f" WHERE s.value IS NOT NULL AND {kept.COUNTS.format(r='r')}"
    )


def add(found: str) -> str:
    return "".join(
        f"""
    INSERT INTO fidelity_{table} AS kept ({columns}, n)
        SELECT {columns}, count(*) FROM ({found}) changed GROUP BY {columns} ORDER BY {columns}
        ON CONFLICT ({columns}) DO UPDATE SET n = kept.n + excluded.n;
"""
        for table, columns in KEPT
    )


def take(found: str) -> str:
    return "".join(
        f"""
    WITH less AS (
        SELECT {columns}, count(*) AS n FROM ({found}) changed GROUP BY {columns}
    )
    UPDATE fidelity_{table} kept SET n = kept.n - less.n FROM less
        WHERE {" AND ".join(f"kept.{each} IS NOT DISTINCT FROM less.{each}" if each == "reviewer_id" else f"kept.{each} = less.{each}" for each in columns.split(", "))};
"""
        for table, columns in KEPT
    )


def function(table: str, name: str, body: str) -> str:
    verb = {"inserted": "INSERT", "updated": "UPDATE", "deleted": "DELETE"}[name]
    tables = {
        "inserted": "NEW TABLE AS after",
        "updated": "OLD TABLE AS before NEW TABLE AS after",
        "deleted": "OLD TABLE AS before",
    }[name]
    return f"""
CREATE FUNCTION fidelity_whom_{table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {body}
    RETURN NULL;
END
$$;
CREATE TRIGGER whom_{name} AFTER {verb} ON fidelity_{table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION fidelity_whom_{table}_{name}();
"""


def of_reviews() -> str:
    """As in 0017, but a change of the reviewer counts and one of the team does not."""
    same = "(o.agency_id, o.source, o.reviewer_id, o.subject_id, o.practised_on, o.submitted_at IS NULL, o.superseded_at IS NULL)"
    other = same.replace("o.", "n.")
    moved = f"(SELECT {{side}}.* FROM before o JOIN after n USING (id) WHERE {same} IS DISTINCT FROM {other})"
    parts = []
    for name, took, came in (
        ("inserted", "", "after"),
        ("updated", moved.format(side="o"), moved.format(side="n")),
        ("deleted", "before", ""),
    ):
        body = kept.TURNS.format(
            reviews=" UNION ALL ".join(
                f"SELECT r.agency_id FROM {each} r WHERE {kept.COUNTS.format(r='r')}"
                for each in (took, came)
                if each
            )
        )
        if took:
            body += take(changes("fidelity_score", took))
        if came:
            body += add(changes("fidelity_score", came))
        parts.append(function("review", name, body))
    return "".join(parts)


def of_scores() -> str:
    """The turn of the agency is taken by 0017's trigger, which runs before: its name comes first."""
    parts = []
    for name in ("inserted", "updated", "deleted"):
        body = take(changes("before", "fidelity_review")) if name != "inserted" else ""
        body += add(changes("after", "fidelity_review")) if name != "deleted" else ""
        parts.append(function("score", name, body))
    return "".join(parts)


MONTHS = "agency_id, measure_id, source, month"


def rolled_up() -> str:
    parts = [
        function(
            "monthsum",
            "inserted",
            f"""
    INSERT INTO fidelity_agencysum AS kept ({MONTHS}, n, total)
        SELECT {MONTHS}, sum(n), sum(total) FROM after GROUP BY {MONTHS} ORDER BY {MONTHS}
        ON CONFLICT ({MONTHS})
        DO UPDATE SET n = kept.n + excluded.n, total = kept.total + excluded.total;
""",
        )
    ]
    less = f"SELECT {MONTHS}, -n AS n, -total AS total FROM before"
    for name, found in (
        ("updated", f"{less} UNION ALL SELECT {MONTHS}, n, total FROM after"),
        ("deleted", less),
    ):
        parts.append(
            function(
                "monthsum",
                name,
                f"""
    WITH more AS (
        SELECT {MONTHS}, sum(n) AS n, sum(total) AS total FROM ({found}) changed GROUP BY {MONTHS}
    )
    UPDATE fidelity_agencysum kept SET n = kept.n + more.n, total = kept.total + more.total
        FROM more WHERE kept.agency_id = more.agency_id AND kept.measure_id = more.measure_id
            AND kept.source = more.source AND kept.month = more.month;
""",
            )
        )
    return "".join(parts)


# Called by `fidelity_recount`, after the months are counted: those roll themselves up.
WHOM = f"""
CREATE FUNCTION fidelity_recount_whom() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE fidelity_review, fidelity_score IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM fidelity_ratersum;
    DELETE FROM fidelity_subjectsum;
    {add(changes("fidelity_score", "fidelity_review"))}
END
$$;
"""
RECOUNT = kept.RECOUNT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "    DELETE FROM fidelity_monthsum;",
    "    DELETE FROM fidelity_agencysum;\n    DELETE FROM fidelity_monthsum;\n"
    "    PERFORM fidelity_recount_whom();",
)
RECOUNT_AS_BEFORE = kept.RECOUNT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

KEEP = rolled_up() + of_reviews() + of_scores() + WHOM + RECOUNT
# Those of before. Whoever submits meanwhile waits for it; whoever reads does not.
BEGIN = f"""
SELECT fidelity_recount_whom();
INSERT INTO fidelity_agencysum ({MONTHS}, n, total)
    SELECT {MONTHS}, sum(n), sum(total) FROM fidelity_monthsum GROUP BY {MONTHS};
"""
LEAVE = (
    RECOUNT_AS_BEFORE
    + "DROP FUNCTION fidelity_recount_whom();"
    + "".join(
        f"DROP TRIGGER whom_{name} ON fidelity_{table};"
        f" DROP FUNCTION fidelity_whom_{table}_{name}();"
        for table in ("monthsum", "review", "score")
        for name in ("inserted", "updated", "deleted")
    )
)


class Migration(migrations.Migration):
    dependencies = [("fidelity", "0019_sums_of_agencies")]
    operations = [
        migrations.RunSQL(
            KEEP,
            LEAVE,
        ),
        migrations.RunSQL(
            BEGIN,
            "DELETE FROM fidelity_agencysum; DELETE FROM fidelity_ratersum;"
            " DELETE FROM fidelity_subjectsum;",
        ),
    ]
