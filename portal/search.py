"""Full text in PostgreSQL: the stored vector, ranking that stays quick, safe highlights.

Words are stemmed as English: the portal speaks nothing else yet.
"""

import re
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
)
from django.db import connection
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

CONFIG = "english"
# To rank is to read each match's vector. A word that half of all posts have would make that a
# second; of so many the newest are taken, and the page says so.
RANKED = 200
BEGIN, END = "\ue000", "\ue001"  # around a hit in what PostgreSQL returns: private use, no markup
MARKED = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)


def vector(**weights: str) -> Any:
    """The expression of a stored vector: `vector(title="A", text="C")`."""
    parts = [SearchVector(name, weight=given, config=CONFIG) for name, given in weights.items()]
    return reduce(add, parts)


def query_of(words: str) -> SearchQuery:
    """What a person typed: words, "a phrase", or, -without."""
    return SearchQuery(words, config=CONFIG, search_type="websearch")


def says_nothing(words: str) -> bool:
    """Whether nothing is left of what was typed to look for: it is signs, or words too common to
    be in the index. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numnode(websearch_to_tsquery(%s::regconfig, %s)) = 0", [CONFIG, words]
        )
        return bool(cursor.fetchone()[0])


def best(
    rows: QuerySet[Any], words: str, *, column: str = "search", newest: tuple[str, ...] = ("-pk",)
) -> QuerySet[Any]:
    """The newest RANKED of `rows` that match, best first. `column` holds the vector; `newest` is
    the order of time."""
    query = query_of(words)
    latest = rows.filter(**{column: query}).order_by(*newest).values("pk")[:RANKED]
    ranked: QuerySet[Any] = rows.model._default_manager.filter(pk__in=latest)
    return ranked.annotate(rank=SearchRank(F(column), query)).order_by("-rank", *newest)


def excerpt(text: Any, query: SearchQuery) -> SearchHeadline:
    """Where the words stand in `text` (a column or an expression), for `marked`."""
    return SearchHeadline(
        text,
        query,
        config=CONFIG,
        start_sel=BEGIN,
        stop_sel=END,
        max_fragments=2,
        max_words=24,
        min_words=10,
        fragment_delimiter=" … ",
    )


def with_highlights(
    rows: QuerySet[Any], words: str, *, title: str, text: list[str]
) -> QuerySet[Any]:
    """Each row with `hit_title` and `hit_text`. Dear: only for the rows of one page."""
    query = query_of(words)
    parts: list[Any] = [text[0]]
    for name in text[1:]:
        parts += [Value("\n"), name]
    whole = Concat(*parts, output_field=TextField()) if len(parts) > 1 else F(text[0])
    titled = SearchHeadline(
        title, query, config=CONFIG, highlight_all=True, start_sel=BEGIN, stop_sel=END
    )
    return rows.annotate(hit_title=titled, hit_text=excerpt(whole, query))


def marked(text: str) -> SafeString:
    """What PostgreSQL highlighted, escaped, with `<mark>` around each hit."""
    html = MARKED.sub(r"<mark>\1</mark>", str(escape(text)))
    return mark_safe(html.replace(BEGIN, "").replace(END, ""))  # noqa: S308  # escaped above
