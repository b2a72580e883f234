"""What a phone or a computer needs to know to install Trellis (W3C's Web Application Manifest)."""

import json

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import access

# As static/css/tokens.css has them; a manifest knows no variables. The page's own <meta> tells a
# browser which of both holds now (layout/_head.html).
PAPER = "#fdf9f4"
PNGS = {"icon-192.png": "192x192", "icon-512.png": "512x512"}


@access.public
def show(request: HttpRequest) -> HttpResponse:
    """Public, since browsers ask for it without a cookie. It holds nothing of anybody's."""
    icons = [_icon(name, size) for name, size in PNGS.items()]
    icons.append(_icon("maskable-512.png", "512x512") | {"purpose": "maskable"})
    writing = _("Write a reflection")
    said = {
        "id": "/",
        "name": "Trellis",
        "short_name": "Trellis",
        "description": _("A place for a community of facilitators to reflect and learn together."),
        "lang": get_language(),
        "start_url": reverse("home:today.index"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
        "shortcuts": [
            {
                "name": writing,
                "short_name": _("Write"),
                "url": reverse("reflections:reflections.new"),
            }
        ],
    }
    answer = HttpResponse(
        json.dumps(said, ensure_ascii=False), content_type="application/manifest+json"
    )
    answer["Cache-Control"] = "no-cache"  # its icons are hashed and change with a new version
    return answer


def _icon(name: str, size: str) -> dict[str, str]:
    return {"src": static(f"install/{name}"), "sizes": size, "type": "image/png"}
