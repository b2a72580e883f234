"""`./run bench`: make a database, fill it with the demo agency, and measure.

With the beginning of a URL's name (`./run bench reflections:`), only the pages called so; with
`big` (`./run bench big`), only what is measured on a community's many years; with `percents`, only
the import of a licensed tool's scores. With `journal`, only
what is measured on a journal of half a million entries; with `reminders`, only what is measured on
a million rules, and with `mails` only the mails a second of those; with `weights`, only what every
page weighs in a browser: a bench without a word leaves all four out.
"""

import os
import sys
import tempfile
from io import StringIO

import django
from django.conf import settings

static_root = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["STATIC_ROOT"] = static_root.name  # what production serves, hashed and compressed
django.setup()

from django.core.management import call_command  # noqa: E402  # settings come first
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from portal.home.demo import people as demo_people  # noqa: E402
from tests.bench import (  # noqa: E402
    beside,
    codes,
    communities,
    exchange,
    feeds,
    journal,
    pages,
    percents,
    reminders,
    reviews,
    series,
    weight,
    weights,
)
from tests.bench.table import Table  # noqa: E402
from tests.cast import assemble  # noqa: E402

WRITING = "reflections:reflections.new"
# What a person opens first and most: weighed in a browser.
WEIGHED = {
    "home:today.index": "facilitator",
    WRITING: "facilitator",
    "reflections:reflections.index": "facilitator",
    "communities:communities.index": "admin",
    "fidelity:codings.index": "supervisor",
    "account_login": None,
}
BIG, JOURNAL, PERCENTS = "big", "journal", "percents"
REMINDERS, MAILS, REVIEWS, WEIGHTS = "reminders", "mails", "reviews", "weights"


def main(only: str = "") -> int:
    table = Table()
    os.environ["BENCH_OWN_DATABASE"] = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        with override_settings(
            ROOT_URLCONF="tests.bench.urls",
            ALLOWED_HOSTS=["testserver"],
            EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ):
            if only == REMINDERS:
                reminders.measure(table)
                return said(table)
            if only == MAILS:
                reminders.mails_a_second(table)
                return said(table)
            if only == PERCENTS:
                percents.measure(table)
                return said(table)
            call_command("demo", "--anyway", stdout=StringIO())
            demo = demo_people.sign_ins()
            if only == JOURNAL:
                journal.measure(table)
                weight.measure(table, {WRITING: demo["facilitator"]})
            elif only == REVIEWS:
                reviews.measure(table)
            elif only == WEIGHTS:
                weights.measure(table, assemble(), demo)
            elif only != BIG:
                codes.measure(table)  # first: its rows are what the codings' pages show
                pages.measure(table, assemble(), demo, only)
            if not only:
                beside.measure(table, demo["facilitator"])
                weight.measure(table, {url: demo.get(role or "") for url, role in WEIGHED.items()})
            if only in ("", BIG):
                series.measure(table)
                feeds.measure(table)
                grown = communities.seed()
                communities.measure(table, grown)
                exchange.measure(table, grown.community, grown.member)
            if not only:
                percents.measure(table)  # last: its rows are in nobody's way
    finally:
        connection.creation.destroy_test_db(os.environ["BENCH_OWN_DATABASE"], verbosity=0)
        static_root.cleanup()
    return said(table)


def said(table: Table) -> int:
    """The last line, and what the process ends with."""
    over = table.over()
    print(f"\n{len(table.figures)} figures, {len(over)} over their limit.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
