"""Every word of the interface in every language that a person can choose."""

import re
from gettext import GNUTranslations

import pytest
from django.conf import settings

from tests.words import catalogue
from tests.words.found import messages, of_python, of_template

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|{\w*}")
TAG = re.compile(r"</?\w+")


def texts(string) -> list[str]:
    return list(string) if isinstance(string, (tuple, list)) else [string]


def test_every_catalogue_can_be_chosen_and_every_other_language_has_one():
    assert [code for code, _name in settings.LANGUAGES] == ["en", *catalogue.languages()]


@pytest.mark.parametrize("language", catalogue.languages())
def test_every_text_is_translated(language):
    words = catalogue.read(language)
    known = {(message.context or "", texts(message.id)[0]) for message in words if message.id}
    found = {(message.context, message.words) for message in messages()}

    assert found - known == set(), "run ./run words, then translate them"
    assert known - found == set(), "run ./run words: nothing says these any more"
    assert catalogue.untranslated(words) == []


@pytest.mark.parametrize("language", catalogue.languages())
def test_what_stands_for_a_value_stands_in_the_translation_too(language):
    wrong = []
    for message in catalogue.read(language):
        ids = texts(message.id)
        for place, text in enumerate(texts(message.string)):
            meant = ids[min(place, len(ids) - 1)]
            for of in (PLACEHOLDER, TAG):
                # One may say "a session" where many say "%(n)s sessions".
                least, most = set(of.findall(ids[0])), set(of.findall(meant))
                if message.id and not least & most <= set(of.findall(text)) <= least | most:
                    wrong.append(text)

    assert wrong == []


@pytest.mark.parametrize("language", catalogue.languages())
def test_what_django_reads_was_compiled_from_what_people_read(language):
    with catalogue.path_of(language).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    stale = [
        message.id
        for message in catalogue.read(language)
        if message.id
        and isinstance(message.id, str)
        and message.string
        != (
            compiled.pgettext(message.context, message.id)
            if message.context
            else compiled.gettext(message.id)
        )
    ]

    assert stale == [], "run ./run words"


def test_a_text_is_found_under_whatever_name_gettext_has():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
# Translators: a day
LABEL = _("Day")
ONE = ngettext("%(n)s day", "%(n)s days", n) % {}
MAY = pgettext("month", "May")
SAID = _(label)
"""
    found = [(m.words, m.plural, m.context, m.told) for m in of_python(source, "x.py")]

    assert found == [
        ("Day", "", "", ("Translators: a day",)),
        ("%(n)s day", "%(n)s days", "", ()),
        ("May", "", "month", ()),
    ]


def test_a_template_s_texts_are_found_as_gettext_gets_them():
    source = (
        '{% translate "Hi" %}{% include "x.html" with label=_("There") %}'
        "{% blocktranslate count n=days trimmed %}one\n day{% plural %}{{ n }} days"
        "{% endblocktranslate %}"
    )
    found = [(m.words, m.plural) for m in of_template(source, "x.html")]

    assert found == [("Hi", ""), ("There", ""), ("one day", "%(n)s days")]
