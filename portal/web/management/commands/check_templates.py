"""`manage.py check_templates`: every template compiles, links to URLs that exist, includes files
that exist, and has nothing inline that the Content-Security-Policy would refuse."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from portal.access.walk import routes

URL = re.compile(r"""{%\s*url\s+["']([^"']+)["']""")
INCLUDE = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
INLINE = re.compile(r"""\s(style|on[a-z]+|hx-on[:\w-]*)=["']""")
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I)


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "templates"
        names = {route.name for route in routes()}
        problems: list[str] = []
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        for path in paths:
            name = str(path.relative_to(folder))
            text = path.read_text(encoding="utf-8")
            problems += [f"{name}: {problem}" for problem in self.problems(name, text, names)]
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} to mend in {len(paths)} templates.")
        self.stdout.write(f"{len(paths)} templates, nothing to mend.")

    def problems(self, name: str, text: str, names: set[str]) -> list[str]:
        """What is wrong with one template, in words."""
        found = []
        try:
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            found.append(str(error))
        found += [f"no URL is called {url}" for url in URL.findall(text) if url not in names]
        for other in INCLUDE.findall(text):
            try:
                get_template(other)
            except TemplateDoesNotExist:
                found.append(f"no template is called {other}")
            except TemplateSyntaxError:
                pass  # told where that template is checked
        if "/emails/" not in f"/{name}":  # mail programs know no stylesheet of ours
            found += [f"{match.strip()} is inline" for match in INLINE.findall(text)]
            found += [f"{script} is inline" for script in SCRIPT.findall(text)]
        return found
