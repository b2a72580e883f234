"""A walk through the portal as somebody who opens what its pages offer, one page a kind."""

import re
from collections.abc import Iterator
from html import unescape

from django.test import Client
from django.urls import resolve

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
NOT_HERE = ("/accounts/logout/", "/static/", "/media/")


def walk(client: Client) -> Iterator[tuple[str, str, int]]:
    """(page, link, status) of each kind of page that somebody can reach from today's page.

    A kind is a name in urls.py: of thirty sessions one is opened.
    """
    seen, waiting = {"today"}, [("", "/")]
    while waiting:
        offered_by, url = waiting.pop(0)
        answer = client.get(url, follow=True)
        yield offered_by, url, answer.status_code
        if "html" not in answer.headers.get("Content-Type", "") or answer.streaming:
            continue
        for found in LINK.findall(answer.content.decode()):
            link = unescape(found)
            if link.startswith(NOT_HERE):
                continue
            kind = resolve(link.split("?")[0]).view_name
            if kind not in seen:
                seen.add(kind)
                waiting.append((url, link))
