"""Choosing a time zone."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from portal.people.zones import ZoneField, places


class ZoneForm(forms.Form):
    zone = ZoneField()


def test_places_stand_by_continent_with_ours_chosen():
    html = str(ZoneForm({"zone": "America/Indiana/Knox"})["zone"])

    assert '<option value="America/Indiana/Knox" selected>Indiana, Knox</option>' in html
    assert html.count(" selected") == 1
    assert html.index('label="America"') < html.index('label="Europe"')
    assert 'name="zone"' in html


def test_every_place_of_the_list_is_accepted():
    field = ZoneField()

    assert {field.clean(zone) for _c, zones in places() for zone, _p in zones} == {
        zone for _c, zones in places() for zone, _p in zones
    }


def test_an_alias_that_somebody_has_stays_chosen():
    assert '<option value="US/Eastern" selected>' in str(ZoneForm({"zone": "US/Eastern"})["zone"])
    assert ZoneField().clean("US/Eastern") == "US/Eastern"


@pytest.mark.parametrize("strange", ["Mars/Olympus", "../etc/passwd", '"><script>'])
def test_a_zone_that_does_not_exist_is_refused_and_never_echoed(strange):
    with pytest.raises(ValidationError, match="Choose a zone from the list"):
        ZoneField().clean(strange)
    shown = str(ZoneForm({"zone": strange})["zone"])
    assert strange not in shown
    assert shown.index('<option value="" selected></option>') < shown.index(
        '<option value="America'
    )
