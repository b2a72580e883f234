import datetime as dt
import zoneinfo
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import strip_tags

from portal.web.devices import device_name
from portal.web.templatetags.ui import (
    dom_id,
    icon,
    initials,
    local_day,
    local_span,
    local_time,
    tint,
)

NOON = dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


def in_zone(name):
    return timezone.override(zoneinfo.ZoneInfo(name))


def test_an_instant_is_shown_on_the_readers_clock_with_the_zone_named():
    with in_zone("America/New_York"):
        assert local_time(NOON) == (
            '<time datetime="2026-11-24T17:00:00+00:00">Tue, Nov 24, noon EST</time>'
        )


def test_the_same_instant_can_be_another_day_elsewhere():
    with in_zone("Asia/Tokyo"):
        assert "Wed, Nov 25, 2 a.m. JST" in local_time(NOON)


def test_a_zone_without_an_abbreviation_says_what_it_counts_from():
    with in_zone("America/Sao_Paulo"):
        assert "2 p.m. UTC-03" in local_time(NOON)


def test_the_time_alone():
    with in_zone("America/New_York"):
        assert ">noon EST<" in local_time(NOON, "time")


def test_a_span_names_its_zone_once_unless_the_clocks_change_within_it():
    with in_zone("America/New_York"):
        assert strip_tags(local_span(NOON, NOON + dt.timedelta(minutes=45))) == (
            "Tue, Nov 24, noon to 12:45 p.m. EST"
        )
        before = dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)
        assert strip_tags(local_span(before, before + dt.timedelta(hours=1))) == (
            "Sun, Nov 1, 1:30 a.m. EDT to 1:30 a.m. EST"
        )


def test_another_year_is_named():
    with in_zone("UTC"):
        assert "Sun, Nov 24, 2024" in local_day(dt.date(2024, 11, 24))
        assert ">Tue, Nov 24<" in local_day(dt.date(2026, 11, 24))


def test_the_day_of_an_instant_is_the_readers():
    late = dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)
    with in_zone("America/New_York"):
        assert local_day(late) == '<time datetime="2026-11-23">Mon, Nov 23</time>'


def test_nothing_is_shown_for_no_time():
    assert (local_time(None), local_day(None)) == ("", "")


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="naive"):
        local_time(dt.datetime(2026, 11, 24, 17))


def test_words_follow_the_readers_language():
    with in_zone("UTC"), translation.override("es"):
        assert "17:00" in local_time(NOON)
        assert ">mar 24 nov 2020<" in local_day(dt.date(2020, 11, 24))


def test_an_id_names_the_thing_and_its_part():
    thing = SimpleNamespace(pk=7, _meta=SimpleNamespace(model_name="session"))
    assert (dom_id(thing), dom_id(thing, "form")) == ("session-7", "session-7-form")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Okafor", "AO"),
        ("Luz de la Cruz", "LC"),
        ("Ana", "A"),
        ("Mary-Ann Lee Smith", "MS"),
        ("", "A"),
    ],
)
def test_initials(name, letters):
    assert initials(SimpleNamespace(name=name, email="an@example.org")) == letters


def test_a_tint_is_one_of_five_and_stays():
    assert {tint(SimpleNamespace(pk=pk)) for pk in range(40)} == set(range(5))


def test_an_icon_is_inline_hidden_and_takes_the_colour_of_the_text():
    drawing = icon("bell")
    assert drawing.startswith('<svg class="icon icon--bell" aria-hidden="true"')
    assert 'stroke="currentColor"' in drawing
    assert "xmlns" not in drawing


@pytest.mark.parametrize("name", ["no-such-drawing", "../settings", "a/b"])
def test_a_drawing_that_is_not_there(name):
    with pytest.raises(FileNotFoundError):
        icon(name)


@pytest.mark.parametrize(
    "path",
    sorted((Path(settings.BASE_DIR) / "static" / "icons").glob("*.svg")),
    ids=lambda p: p.stem,
)
def test_every_icon_is_small_and_ours(path):
    svg = path.read_text()
    assert len(svg) < 1000
    assert 'viewBox="0 0 ' in svg
    assert "style" not in svg and "<script" not in svg


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Gecko/20100101 Firefox/144.0", "Firefox on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/142.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge on Windows",
        ),
        ("curl/8", "A device we cannot name"),
        ("", "A device we cannot name"),
    ],
)
def test_a_device_has_a_name_that_people_know(said, called):
    assert device_name(said) == called
