"""A frame that is filled says what the rendered template says."""

import pytest
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe

from portal.notices.frame import filled

WORDS = {
    "subject": "Tom & <b>Ana</b> 'once' \"more\"",
    "text": "Hello <Ana>,\n& so on\ue000url\ue001\n",
    "html": mark_safe("<p>Hello &lt;Ana&gt;</p>"),
    "url": "https://portal.example.org/sessions/?a=1&b=2",
    "public_url": "https://portal.example.org",
    "why": "You're in <it> & more.",
    "preferences_url": "https://portal.example.org/notices/preferences/",
    "unsubscribe_url": "https://portal.example.org/notices/unsubscriptions/a:b/",
    "language": "en",
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "without", [(), ("url",), ("unsubscribe_url",), ("url", "unsubscribe_url")]
)
@pytest.mark.parametrize("name", ["emails/base.html", "emails/base.txt"])
def test_it_is_what_rendering_writes(name, without, language):
    words = WORDS | dict.fromkeys(without, "") | {"language": language}
    escape = name.endswith("html")

    with translation.override(language):
        template = get_template(name).template
        template.engine.autoescape, before = escape, template.engine.autoescape
        try:
            rendered = get_template(name).render(words)
        finally:
            template.engine.autoescape = before
        assert filled(name, words, escape=escape) == rendered


def test_each_language_has_its_own():
    said = set()
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.add(filled("emails/base.txt", WORDS, escape=False))

    assert len(said) == 2
