"""Every component in every state, for whoever builds pages. Only where DEBUG is on."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from portal import access
from portal.charts import HeatCell, HeatRow, Row, heat_map, strip_chart
from portal.people.models import User
from portal.web.forms import Form, LongText
from portal.web.page import page

ICONS = settings.BASE_DIR / "static" / "icons"
THEMES = ("", "light", "dark")


class Questions(Form):
    """One of each kind of question."""

    title = forms.CharField(label="What is it called?", help_text="Words that people recognise.")
    day = forms.DateField(label="Day")
    starts = forms.TimeField(label="Start", required=False)
    zone = forms.ChoiceField(label="Time zone", choices=[("", "Choose"), ("ny", "New York")])
    reads = forms.ChoiceField(
        label="Who reads it?",
        choices=[("me", "Only you"), ("circle", "Northside Fridays"), ("lead", "Your supervisor")],
        widget=forms.RadioSelect,
    )
    skills = forms.MultipleChoiceField(
        label="Skills",
        choices=[("open", "Open questions"), ("affirm", "Affirmations")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    happened = forms.CharField(label="What happened?", widget=LongText)
    remind = forms.BooleanField(
        label="Remind me about it", help_text="On the day, at a decent hour.", required=False
    )


@access.public
def index(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    return page(request, "home/gallery/index.html", context(request.GET))


def context(query: Any) -> dict[str, Any]:
    theme = query.get("theme", "")
    now = timezone.now()
    wrong = Questions({"wrong-title": "Affirmations"}, prefix="wrong")
    return {
        "theme": theme if theme in THEMES else "",
        "now": now,
        "later": now + dt.timedelta(minutes=90),
        "people": [
            User(pk=number, name=name, email="someone@example.org")
            for number, name in enumerate(("Amara Okafor", "Luz Medina", "Jo", "Wen Li", "Sam Ray"))
        ],
        "untouched": Questions(),
        # Unseen by page(): the gallery itself has nothing to mend.
        "samples": SimpleNamespace(wrong=wrong),
        "heat": heat_map(
            [
                HeatRow("Engagement", [HeatCell(n / 4, f"{n}", f"{n} of 4") for n in range(5)]),
                HeatRow("Transition", [None, HeatCell(0.6, "3", "3 of 4"), None, None, None]),
            ],
            ["January", "February", "March", "April", "May"],
        ),
        "strip": strip_chart(
            [
                Row("North", [(value, "#charts", f"{value}%") for value in (38, 41, 41, 46)]),
                Row("South", [(52, "#charts", "52%")]),
            ],
            words=lambda value: f"{value:.0f}%",
            benchmarks=[("Benchmark", 40)],
        ),
        "third_page": Paginator(range(100), 10).page(3),
        "messages": [
            Message("success", "Your reflection is kept. Only you can read it."),
            Message("info", "Northside Fridays begins in an hour."),
            Message("error", "The roster was not read: line 4 has no email."),
        ],
        "icons": sorted(path.stem for path in ICONS.glob("*.svg")),
        "steps": [
            {"label": "File", "state": "done"},
            {"label": "Preview", "state": "now"},
            {"label": "Done", "state": ""},
        ],
        "tabs": [
            {"label": "Open", "url": "?", "current": True, "count": 3},
            {"label": "Kept", "url": "?", "current": False, "count": None},
            {"label": "Let go", "url": "?", "current": False, "count": 12},
        ],
        "pairs": [("Host", "Luz Medina"), ("Focus skill", "Affirmations"), ("Minutes", 90)],
        "rows": [
            {"title": "Affirm before advising", "url": "?", "icon": "next-time",
             "meta": "Comes back on Friday"},
            {"title": "Ask about natural supports", "url": "?", "icon": "next-time",
             "meta": "Done on Monday", "trailing": "Done"},
        ],
    }  # fmt: skip


class Message:
    """Looks like one of Django's messages."""

    def __init__(self, level_tag: str, words: str) -> None:
        self.level_tag, self.words = level_tag, words

    def __str__(self) -> str:
        return self.words
