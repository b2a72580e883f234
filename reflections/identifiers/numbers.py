"""Numbers that belong to one person: phones, and codes by the word that names them."""

import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _
from phonenumbers import Leniency, PhoneNumberMatcher

from reflections.identifiers.findings import Finding
from reflections.identifiers.kinds import Kind

A_PHONE = _("Digits as a phone number has them.")
A_FAX = _("A number after the word fax.")
AN_SSN = _("Digits as a Social Security number has them.")
LABELLED = _("A number after the word that says what it is.")
LONG = _("A long number that may be somebody's.")

# With or without an area code; libphonenumber knows the rest of the world.
_US = re.compile(
    r"(?<![\w/-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-]|\.\d)"
    r"|(?<![\w./-])\d{3}-\d{4}(?![\w-]|\.\d)"
)
_ABROAD = re.compile(r"\d(?:[ ().-]{0,3}\d){6}")  # as many digits as a number has anywhere
AT_MOST = 200  # numbers, and tries at what is none, that the library is asked about
_FAX = re.compile(r"\bfax", re.I)
_SSN = re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])")
_VIN = re.compile(r"\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-HJ-NPR-Z0-9]{17}\b")
_LONG = re.compile(r"(?<![\w.$,/-])#?\d{7,20}(?![\w%]|[.,/]\d)")

# What a number is called -> what it is. Each is followed by words between and by a code.
_LABELS = (
    (
        Kind.SSN,
        "social security(?: number)?|social|ssn|seguro social"
        "|last (?:four|4)(?: of (?:her|his|their|the) (?:social|ssn))?",
    ),
    (
        Kind.RECORD,
        "mrn|(?:medical )?(?:record|chart|patient)(?: (?:id|number))?"
        "|expediente(?: m[eé]dico)?|historia cl[ií]nica",
    ),
    (
        Kind.PLAN,
        "(?:medicaid|medicare|member|plan|policy|insurance|beneficiary|subscriber|group|claim"
        "|p[oó]liza)(?: (?:id|number|card))?",
    ),
    (
        Kind.ACCOUNT,
        "(?:(?:bank|checking|savings|credit|debit|ebt|snap|wic|card|routing)"
        r"(?: (?:account|card))?|account|acct\.?|cuenta|tarjeta)(?: number)?",
    ),
    (
        Kind.LICENCE,
        "(?:licen[cs]e|certificate|certification|permit|passport|licencia|pasaporte)"
        "(?: (?:number|id))?",
    ),
    (
        Kind.VEHICLE,
        "(?:licen[cs]e plate|plates?|tag|vin|registration|placas?)(?: number)?",
    ),
    (Kind.DEVICE, "(?:serial|device|imei|model|monitor|serie)(?: (?:number|id))?"),
    (
        Kind.BIOMETRIC,
        "(?:finger ?print|voice ?print|retina|iris|palm|dna|biometric|huella)s?"
        "(?: (?:card|scan|sample|record|id|number))*",
    ),
    (
        Kind.OTHER,
        "(?:case|docket|court(?: file)?|cause|referral|intake|student|inmate|client|file|booking"
        "|report|petition|confirmation|caso|estudiante|cliente)(?: (?:id|number|file|no))?",
    ),
)
_BETWEEN = (
    r"(?:'s)?(?:,? (?:is|are|was|no\.?|number|num\.?|id|es|says|on file is|file|n[uú]m(?:ero)?\.?"
    r"|de (?:caso|cuenta|p[oó]liza)|plate|serial)){0,3}[:,]? ?"
)
# A code has a digit. At most two groups follow the first, so the search stays short.
_CODE = r"(#?(?=[A-Z]{0,8}[-]?\d)[A-Z0-9][A-Z0-9-]{2,20}(?: \d{3,4}){0,3}|#?[A-Z]{2,4} \d{3,5}\b)"
_LABELLED = [
    (kind, re.compile(rf"(?i:\b(?:{words}){_BETWEEN}){_CODE}(?![\w/%]|[.,]\d)"))
    for kind, words in _LABELS
]
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")


def phones_in(text: str) -> Iterator[Finding]:
    spans = [match.span() for match in _US.finditer(text)]
    # The library is thorough and slow, half a millisecond a number: it reads what is left.
    rest = _US.sub(lambda match: "\n" * len(match[0]), text)
    if _ABROAD.search(rest):
        others = PhoneNumberMatcher(rest, "US", Leniency.VALID, max_tries=AT_MOST)
        spans += [(found.start, found.end) for found in islice(others, AT_MOST)]
    for start, end in spans:
        fax = _FAX.search(text[max(0, start - 20) : start])
        kind, why = (Kind.FAX, A_FAX) if fax else (Kind.PHONE, A_PHONE)
        yield Finding(start, end, kind, why, kind.replacement)


def codes_in(text: str) -> Iterator[Finding]:
    for pattern, kind, why in (
        (_SSN, Kind.SSN, AN_SSN),
        (_VIN, Kind.VEHICLE, LABELLED),
        (_LONG, Kind.OTHER, LONG),
    ):
        for match in pattern.finditer(text):
            yield Finding(*match.span(), kind, why, kind.replacement)
    for kind, labelled in _LABELLED:
        for match in labelled.finditer(text):
            if not _BARE_YEAR.fullmatch(match[1]) or kind is Kind.SSN:
                yield Finding(*match.span(1), kind, LABELLED, kind.replacement)
