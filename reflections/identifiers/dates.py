"""Dates but the year, and ages over 89, in figures and in words."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from reflections.identifiers.findings import Finding
from reflections.identifiers.kinds import Kind

A_DAY = _("A day or a month. A year may stay.")
AN_AGE = _("An age over 89: so few people have it that it can tell who they are.")

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_MES = (
    "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:(?:19|20)\d\d)"
_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_ORDINAL = (
    f"(?:{_DAY}(?:st|nd|rd|th)|(?:twenty|thirty)[- ](?:{_ONES})|{_ONES}|tenth|eleventh|twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    "|thirtieth)"
)
_DIA = (
    f"(?:{_DAY}|primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece"
    "|catorce|quince|diecis[eé]is|diecisiete|dieciocho|diecinueve|veinte|veinti[a-zéó]{2,7}"
    "|treinta(?: y uno)?)"
)
_DATES = [
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"\b{_YEAR}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])\b", 0),
        (rf"(?<![\d/.$-]){_DAY}[/.-]{_DAY}[/.-](?:{_YEAR}|\d\d)(?![\d/-]|\.\d)", 0),
        (rf"(?<![\d/.-])(?:1[0-2]|0?[1-9])/{_DAY}(?![\d/%]|\.\d)", 0),
        (rf"(?<![\d/.-])(?:1[0-2]|0?[1-9])/{_YEAR}(?![\d/])", 0),
        # March 3rd, 2025; March third; the day of the week before it
        (
            r"(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
            rf"\b{_MONTH} (?:the )?(?:{_ORDINAL}|{_DAY})\b(?!:\d)(?:,? {_YEAR}\b)?",
            0,
        ),
        # the 21st of October; 12 May 2023; the fourteenth of May
        (rf"\b(?:the )?(?:{_ORDINAL} of|{_ORDINAL}|{_DAY}) {_MONTH}(?:,? {_YEAR})?\b", 0),
        (rf"\b(?:(?:early|late|mid)[ -])?{_MONTH},? (?:of )?{_YEAR}\b", 0),
        (rf"\b(?:early|late|mid)[ -]{_MONTH}\b", 0),
        (
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ll]ast|[Nn]ext|[Tt]his|[Tt]hrough|[Dd]uring)"
            rf" (?:[Ll]ast |[Nn]ext )?({_MONTH})(?![\w-]| [Bb]e\b)",
            0,
        ),
        # on the 14th, and then nothing that it counts
        (rf"\b(?:on|by|until|since|before|after) (the {_DAY}(?:st|nd|rd|th))(?=[.,;:!?)]|$)", 0),
        (rf"\b{_DIA} de {_MES}(?: (?:de|del) {_YEAR})?\b", re.I),
        (rf"\b(?:{_MES}) (?:de |del )?{_YEAR}\b", re.I),
        (rf"\b(?:en|desde|hasta|pasado|pr[oó]ximo|este|cada|para) ({_MES})\b", re.I),
    )
]
_A_RATE = re.compile(r"(?:\b(?:an?|score[ds]?|rated|of|about|only|just|by) )$")
_FRACTIONS = {"1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "1/10"}

_NINETIES = (
    "(?:ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    "|(?:one|a) hundred(?: and (?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_NOVENTA = "(?:noventa(?: y (?:un|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?|cien)"
_OLD = r"(?:9\d|1[01]\d)"
_AGES = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b({_OLD}|{_NINETIES})(?:[- ]years?[- ]olds?\b|[- ]yr[- ]olds?\b| ?y/?o\b)",
        rf"\b(aged? (?:{_OLD}|{_NINETIES}))\b(?! ?%)",
        rf"\b(?:turn(?:s|ed|ing)?|is|she's|he's|was|at|nearly|almost) ({_OLD}|{_NINETIES})"
        r"(?= years old|(?: (?:and|but|now|this year|today|next))?[.,;!?)]| and | but |$)",
        rf"\b(?:tiene|cumpl(?:e|i[oó]|ir[aá])|de|con) ((?:{_OLD}|{_NOVENTA}) a[nñ]os)\b",
    )
]


def dates_in(text: str) -> Iterator[Finding]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            start, end = match.span(group)
            if match[0] in _FRACTIONS or _is_a_rate(text, match):
                continue
            yield Finding(start, end, Kind.DATE, A_DAY, _left_of(match[group]))


def ages_in(text: str) -> Iterator[Finding]:
    for pattern in _AGES:
        for match in pattern.finditer(text):
            start = match.start(1)
            yield Finding(start, match.end(), Kind.AGE, AN_AGE, Kind.AGE.replacement)


def _left_of(date: str) -> object:
    """What may stand of a date: its year."""
    year = re.search(rf"\b{_YEAR}\b", date)
    return year[0] if year else Kind.DATE.replacement


def _is_a_rate(text: str, match: re.Match[str]) -> bool:
    """ "a 4/5 on empathy" is no date."""
    short = "/" in match[0] and match[0].count("/") == 1
    return short and bool(_A_RATE.search(text[max(0, match.start() - 8) : match.start()]))
