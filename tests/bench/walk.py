"""The pages of the demo that people come to by its links, as far as each kind of page goes: what
the access matrix makes is new and nearly empty, and weighs little."""

import gzip
import re
from collections import Counter
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve

from portal.people.models import User

OF_A_NAME = 1  # pages of each URL name that one person opens
LINK = re.compile(r'href="(/[^"#]*)')


def heaviest(people: list[User]) -> dict[str, tuple[str, User]]:
    """By URL name, the page with the most compressed bytes, and who sees it so."""
    found: dict[str, tuple[int, str, User]] = {}
    for person in people:
        client = Client(headers={"Accept-Encoding": "gzip"})
        client.force_login(person)
        waiting, known = ["/"], {"/"}
        opened: Counter[str] = Counter()
        for url in waiting:  # grows as it goes
            name = name_of(url)
            if name is None or opened[name] == OF_A_NAME:
                continue
            opened[name] += 1
            answer = client.get(url)
            if (
                answer.streaming
                or answer.status_code != 200
                or "html" not in answer["Content-Type"]
            ):
                continue
            if len(answer.content) > found.get(name, (0,))[0]:
                found[name] = (len(answer.content), url, person)
            links = {unescape(link) for link in LINK.findall(words_of(answer.content))} - known
            known |= links
            waiting += sorted(links)
    return {name: (url, person) for name, (_size, url, person) in found.items()}


def name_of(url: str) -> str | None:
    """None for what is no view of ours: a static file."""
    try:
        return resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return None


def words_of(content: bytes) -> str:
    """Short pages come as they are."""
    packed = content.startswith(b"\x1f\x8b")
    return (gzip.decompress(content) if packed else content).decode()
