"""The instruments that Trellis ships, in words of our own.

Names of principles, and the arithmetic and thresholds of MITI 4.2.1, are public; item texts and
anchors of licensed tools are not, and none is here (domain.md, "what may be shipped").
"""

from datetime import date

from django.db import migrations
from django.utils import timezone

MITI = "Moyers, Manuel and Ernst: MITI coding manual 4.2.1"
MITI_DATED = date(2015, 6, 1)
STOP = {"not_observed": "stop", "not_applicable": "stop", "missing": "stop"}
SEEN = {"not_observed": "leave_out", "not_applicable": "leave_out", "missing": "stop"}

REFLECTIONS = ["simple-reflections", "complex-reflections"]
QUESTIONS = ["open-questions", "closed-questions"]
PRINCIPLES = [
    ("family-voice-and-choice", "Family voice and choice",
     "The family's own words and preferences decide; choices are offered and taken up."),
    ("team-based", "Team-based",
     "A team that the family chose works together and shares the tasks."),
    ("natural-supports", "Natural supports",
     "Relatives, friends and neighbours are asked for, present, and have a part in the plan."),
    ("collaboration", "Collaboration",
     "Team members settle on one plan and one set of goals, and differences are talked through."),
    ("community-based", "Community-based",
     "Help takes place where the family lives, learns and spends its time."),
    ("culturally-respectful-and-relevant", "Culturally respectful and relevant",
     "The family's values, language and ways shape what is done and how."),
    ("individualized", "Individualized",
     "Strategies are made for this family, not picked from what happens to be on offer."),
    ("strengths-based", "Strengths-based",
     "Strengths are named, and the plan puts them to use."),
    ("persistence", "Persistence",
     "Setbacks lead to a changed plan, never to giving up on the family."),
    ("outcomes-based", "Outcomes-based",
     "Goals can be seen and counted, progress is looked at, and the plan follows it."),
]
SELF_CHECK = [
    ("listened", "I listened more than I spoke."),
    ("their-words", "I used the family's own words for what they need."),
    ("strengths", "I named a strength that I saw."),
    ("choice", "The next step was theirs to choose."),
    ("focus", "I practised the skill that I had set out to practise."),
]

INSTRUMENTS = [
    {
        "slug": "mi-coding-sheet",
        "name": "Motivational interviewing coding sheet",
        "about": "Counts of what a practitioner says in a conversation, from a recording or from "
        "listening in. It gives two summary scores of motivational interviewing.",
        "sources": ["recording", "observation"],
        "sections": [
            ("Reflections", [
                ("simple-reflections", "count", "Simple reflections",
                 "Says back what was said, adding little or nothing."),
                ("complex-reflections", "count", "Complex reflections",
                 "Says back what was meant or felt: adds meaning or emphasis."),
            ]),
            ("Questions", [
                ("open-questions", "count", "Open questions", "Invites more than a few words."),
                ("closed-questions", "count", "Closed questions",
                 "Can be answered with yes, no or a fact."),
            ]),
            ("Input", [
                ("information", "count", "Giving information", "Tells, teaches or explains."),
                ("advice", "count", "Giving advice", "Says what the person could or should do."),
            ]),
        ],
        "measures": [
            {
                "key": "percent-complex-reflections",
                "name": "Percent complex reflections",
                "about": "Complex reflections among all reflections.",
                "formula": "percent_of_sums",
                "parameters": {"items": ["complex-reflections"], "over": REFLECTIONS},
                "unit": "percent",
                **STOP,
                "benchmarks": [("fair", 40), ("good", 50)],
            },
            {
                "key": "reflection-to-question-ratio",
                "name": "Reflection-to-question ratio",
                "about": "Reflections for each question asked.",
                "formula": "ratio_of_sums",
                "parameters": {"items": REFLECTIONS, "over": QUESTIONS},
                "unit": "ratio",
                **STOP,
                "benchmarks": [("fair", 1), ("good", 2)],
            },
        ],
    },
    {
        "slug": "wraparound-practice-rubric",
        "name": "Wraparound practice rubric",
        "about": "How far each of wraparound's ten principles showed in practice: in a team "
        "meeting, a visit, or the records of one. A rubric of our own for coaching; it is no "
        "licensed fidelity tool, and its scores do not compare with one's.",
        "sources": ["observation", "recording", "records"],
        "levels": ["Not there", "In small part", "In part", "Mostly", "Throughout"],
        "sections": [
            ("The ten principles", [(key, "scale", name, help) for key, name, help in PRINCIPLES]),
        ],
        "measures": [
            {
                "key": "mean",
                "name": "Mean of the principles",
                "about": "0 to 4 points, over the principles that there was occasion to see.",
                "formula": "mean",
                "parameters": {"items": [key for key, _, _ in PRINCIPLES]},
                "unit": "points",
                **SEEN,
            },
            {
                "key": "percent-of-maximum",
                "name": "Percent of the maximum",
                "about": "Points given, in percent of the points possible where there was "
                "occasion to see.",
                "formula": "percent_of_maximum",
                "parameters": {"items": [key for key, _, _ in PRINCIPLES]},
                "unit": "percent",
                **SEEN,
            },
        ],
    },
    {
        "slug": "session-self-check",
        "name": "Session self-check",
        "about": "Five statements about your own last visit or meeting, in two minutes. It is a "
        "starting point for a talk, and is never mixed with what others observed.",
        "sources": ["self"],
        "levels": ["Not at all", "A little", "Partly", "Mostly", "Fully"],
        "sections": [
            ("In this session", [(key, "scale", wording, "") for key, wording in SELF_CHECK]),
        ],
        "measures": [
            {
                "key": "percent-of-maximum",
                "name": "Percent of the maximum",
                "about": "Points given, in percent of the points possible.",
                "formula": "percent_of_maximum",
                "parameters": {"items": [key for key, _ in SELF_CHECK]},
                "unit": "percent",
                **SEEN,
            },
        ],
    },
]


def ship(apps, schema_editor):
    def model(name):
        return apps.get_model("fidelity", name).objects

    for told in INSTRUMENTS:
        instrument, fresh = model("Instrument").get_or_create(
            agency=None,
            slug=told["slug"],
            defaults={key: told[key] for key in ("name", "about", "sources")},
        )
        if not fresh:
            continue
        version = model("Version").create(instrument=instrument, number=1)
        scale = None
        if "levels" in told:
            scale = model("Scale").create(version=version, name="0 to 4")
            for value, label in enumerate(told["levels"]):
                model("Level").create(scale=scale, value=value, label=label)
        place = 0
        for section_place, (title, items) in enumerate(told["sections"], start=1):
            section = model("Section").create(version=version, place=section_place, title=title)
            for key, kind, wording, help in items:
                place += 1
                model("Item").create(
                    version=version, section=section, key=key, place=place, kind=kind,
                    scale=scale if kind == "scale" else None, wording=wording, help=help,
                )
        for place, fields in enumerate(told["measures"], start=1):
            fields = dict(fields)
            benchmarks = fields.pop("benchmarks", [])
            measure = model("Measure").create(version=version, place=place, **fields)
            for label, value in benchmarks:
                model("Benchmark").create(
                    measure=measure, label=label, value=value, source=MITI, dated=MITI_DATED
                )
        version.published_at = timezone.now()  # last: from here on the database keeps it
        version.save(update_fields=["published_at"])


WITHDRAW = """
SET LOCAL fidelity.thaw = 'on';
CREATE TEMPORARY TABLE shipped ON COMMIT DROP AS
    SELECT v.id FROM fidelity_version v JOIN fidelity_instrument i ON i.id = v.instrument_id
    WHERE i.agency_id IS NULL;
DELETE FROM fidelity_benchmark WHERE measure_id IN (
    SELECT id FROM fidelity_measure WHERE version_id IN (SELECT id FROM shipped));
DELETE FROM fidelity_measure WHERE version_id IN (SELECT id FROM shipped);
DELETE FROM fidelity_item WHERE version_id IN (SELECT id FROM shipped);
DELETE FROM fidelity_level WHERE scale_id IN (
    SELECT id FROM fidelity_scale WHERE version_id IN (SELECT id FROM shipped));
DELETE FROM fidelity_scale WHERE version_id IN (SELECT id FROM shipped);
DELETE FROM fidelity_section WHERE version_id IN (SELECT id FROM shipped);
DELETE FROM fidelity_version WHERE id IN (SELECT id FROM shipped);
DELETE FROM fidelity_instrument WHERE agency_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def withdraw(apps, schema_editor):
    """Refused by the foreign keys where a review hangs on one of them."""
    schema_editor.execute(WITHDRAW)


class Migration(migrations.Migration):
    dependencies = [("fidelity", "0002_frozen_once_published")]
    operations = [migrations.RunPython(ship, withdraw)]
