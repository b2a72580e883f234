"""`./run words`: every catalogue in step with the code, and what waits for a translation."""

import sys

from django.conf import settings

from tests.words import catalogue
from tests.words.found import messages


def main() -> int:
    settings.configure(USE_I18N=True)  # what reads a template's words needs no more
    found = messages()
    waiting = 0
    for language in catalogue.languages():
        words = catalogue.read(language)
        catalogue.bring_up_to_date(words, found)
        catalogue.write(words, language)
        missing = catalogue.untranslated(words)
        waiting += len(missing)
        print(f"{language}: {len(words)} texts, {len(missing)} wait for a translation")
        for text in missing:
            print(f"  {text}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
