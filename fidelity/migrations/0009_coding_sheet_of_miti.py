"""The second version of the coding sheet: MITI 4.2.1's ten counts, four globals and all of its
summary arithmetic. Names and arithmetic are public; the manual's anchors are not, and none is here
(domain.md, "MITI 4.2.1 arithmetic"): what stands beside a name is in words of our own.

The first version takes no new reviews, and stays what codings of utterances are imported into: their
file tells open from closed questions, and MITI 4 does not.
"""

from datetime import date

from django.db import migrations
from django.utils import timezone

SHEET = {"agency": None, "slug": "mi-coding-sheet"}
MITI = "Moyers, Manuel and Ernst: MITI coding manual 4.2.1"
MITI_DATED = date(2015, 6, 1)
ABOUT = (
    "Counts of what a practitioner says in a conversation, from a recording or from listening in. It "
    "gives two summary scores of motivational interviewing."
)
NEW_ABOUT = (
    "Counts of what a practitioner says in a conversation, and four ratings of the whole, from a "
    "recording or from listening in. It gives six summary scores of motivational interviewing."
)
STOP = {"not_observed": "stop", "not_applicable": "stop", "missing": "stop"}
LEVELS = ["Lowest", "Low", "Middle", "High", "Highest"]  # 1 to 5

GLOBALS = [
    ("cultivating-change-talk", "Cultivating change talk",
     "Draws out, and stays with, the person's own words for change."),
    ("softening-sustain-talk", "Softening sustain talk",
     "Does not feed the person's words for staying as they are."),
    ("partnership", "Partnership", "Treats the person as the one who knows their own life."),
    ("empathy", "Empathy", "Tries to grasp how it is for the person, and shows it."),
]
COUNTS = [
    ("information", "Giving information", "Tells, teaches or explains, without advising."),
    ("persuade", "Persuade", "Argues, advises or warns without being asked."),
    ("persuade-with-permission", "Persuade with permission",
     "Advises after asking, or leaving the choice open."),
    ("questions", "Question", "Open and closed ones alike."),
    ("simple-reflections", "Simple reflections", "Says back what was said, adding little or nothing."),
    ("complex-reflections", "Complex reflections",
     "Says back what was meant or felt: adds meaning or emphasis."),
    ("affirm", "Affirm", "Names something good in the person: a strength, an effort."),
    ("seeking-collaboration", "Seeking collaboration", "Asks what the person makes of it, or whether to go on."),
    ("emphasizing-autonomy", "Emphasizing autonomy", "Says that the choice is the person's."),
    ("confront", "Confront", "Blames, shames, corrects or disputes."),
]
REFLECTIONS = ["simple-reflections", "complex-reflections"]
MEASURES = [
    ("technical", "Technical global", "Mean of cultivating change talk and softening sustain talk.",
     "mean", {"items": ["cultivating-change-talk", "softening-sustain-talk"]}, "points", (3, 4)),
    ("relational", "Relational global", "Mean of partnership and empathy.",
     "mean", {"items": ["partnership", "empathy"]}, "points", (3.5, 4)),
    ("percent-complex-reflections", "Percent complex reflections",
     "Complex reflections among all reflections.",
     "percent_of_sums", {"items": ["complex-reflections"], "over": REFLECTIONS}, "percent", (40, 50)),
    ("reflection-to-question-ratio", "Reflection-to-question ratio",
     "Reflections for each question asked.",
     "ratio_of_sums", {"items": REFLECTIONS, "over": ["questions"]}, "ratio", (1, 2)),
    ("mi-adherent", "MI-adherent", "Seeking collaboration, affirm and emphasizing autonomy, together.",
     "sum", {"items": ["seeking-collaboration", "affirm", "emphasizing-autonomy"]}, "count", ()),
    ("mi-non-adherent", "MI-non-adherent", "Confront and persuade, together.",
     "sum", {"items": ["confront", "persuade"]}, "count", ()),
]


def ship(apps, schema_editor):
    def model(name):
        return apps.get_model("fidelity", name).objects

    instrument = model("Instrument").filter(**SHEET).first()
    if instrument is None or model("Version").filter(instrument=instrument, number=2).exists():
        return
    version = model("Version").create(instrument=instrument, number=2)
    scale = model("Scale").create(version=version, name="1 to 5")
    for value, label in enumerate(LEVELS, start=1):
        model("Level").create(scale=scale, value=value, label=label)
    place = 0
    for section_place, (title, kind, items) in enumerate(
        [("Globals", "scale", GLOBALS), ("Counts", "count", COUNTS)], start=1
    ):
        section = model("Section").create(version=version, place=section_place, title=title)
        for key, wording, help in items:
            place += 1
            model("Item").create(
                version=version, section=section, key=key, place=place, kind=kind,
                scale=scale if kind == "scale" else None, wording=wording, help=help,
            )
    for place, (key, name, about, formula, parameters, unit, thresholds) in enumerate(
        MEASURES, start=1
    ):
        measure = model("Measure").create(
            version=version, key=key, place=place, name=name, about=about, formula=formula,
            parameters=parameters, unit=unit, **STOP,
        )
        for label, value in zip(("fair", "good"), thresholds):
            model("Benchmark").create(
                measure=measure, label=label, value=value, source=MITI, dated=MITI_DATED
            )
    model("Instrument").filter(pk=instrument.pk, about=ABOUT).update(about=NEW_ABOUT)
    now = timezone.now()
    model("Version").filter(instrument=instrument, number=1, retired_at=None).update(retired_at=now)
    version.published_at = now  # last: from here on the database keeps it
    version.save(update_fields=["published_at"])


WITHDRAW = """
SET LOCAL fidelity.thaw = 'on';
CREATE TEMPORARY TABLE shipped_second ON COMMIT DROP AS
    SELECT v.id FROM fidelity_version v JOIN fidelity_instrument i ON i.id = v.instrument_id
    WHERE i.agency_id IS NULL AND i.slug = 'mi-coding-sheet' AND v.number = 2;
DELETE FROM fidelity_benchmark WHERE measure_id IN (
    SELECT id FROM fidelity_measure WHERE version_id IN (SELECT id FROM shipped_second));
DELETE FROM fidelity_measure WHERE version_id IN (SELECT id FROM shipped_second);
DELETE FROM fidelity_item WHERE version_id IN (SELECT id FROM shipped_second);
DELETE FROM fidelity_level WHERE scale_id IN (
    SELECT id FROM fidelity_scale WHERE version_id IN (SELECT id FROM shipped_second));
DELETE FROM fidelity_scale WHERE version_id IN (SELECT id FROM shipped_second);
DELETE FROM fidelity_section WHERE version_id IN (SELECT id FROM shipped_second);
DELETE FROM fidelity_version WHERE id IN (SELECT id FROM shipped_second);
UPDATE fidelity_version SET retired_at = NULL WHERE number = 1 AND instrument_id IN (
    SELECT id FROM fidelity_instrument WHERE agency_id IS NULL AND slug = 'mi-coding-sheet');
SET CONSTRAINTS ALL IMMEDIATE;
"""


def withdraw(apps, schema_editor):
    """Refused by the foreign keys where a review hangs on it."""
    schema_editor.execute(WITHDRAW)
    apps.get_model("fidelity", "Instrument").objects.filter(**SHEET, about=NEW_ABOUT).update(
        about=ABOUT
    )


class Migration(migrations.Migration):
    dependencies = [("fidelity", "0008_builder")]
    operations = [migrations.RunPython(ship, withdraw)]
