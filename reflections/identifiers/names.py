"""Names of people: by the word before, by the lists, or by a capital that nothing explains."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from reflections.identifiers import vocabulary as v
from reflections.identifiers.findings import Finding
from reflections.identifiers.kinds import Kind
from reflections.identifiers.tokens import Token

AFTER_A_CUE = _("It follows a title, a role or a word for a relative.")
ON_A_LIST = _("It is on a list of names.")
NO_OTHER_SENSE = _("It has a capital and is in no dictionary.")
A_NAME_HERE = _("It is a word and a name; here it reads like a name.")
LONGEST = 4  # words in one name
_CUES = v.RELATIONS | v.ROLES | v.TITLES


def names_in(
    tokens: list[Token], familiar: frozenset[str], colleagues: frozenset[str]
) -> Iterator[Finding]:
    """Names, but those of `colleagues` in full, and words in `familiar` with no cue before them."""
    position = 0
    while position < len(tokens):
        if colleagues and (length := _colleague(tokens, position, colleagues)):
            position += length
            continue
        why = _why(tokens, position, familiar)
        if why is None:
            position += 1
            continue
        first, position = position, _end_of_name(tokens, position)
        yield Finding(
            tokens[first].start, tokens[position - 1].end, Kind.NAME, why, Kind.NAME.replacement
        )


def _colleague(tokens: list[Token], i: int, colleagues: frozenset[str]) -> int:
    """How many words from here are a colleague's full name; 0 for none."""
    if not tokens[i].is_capital:
        return 0
    for length in range(LONGEST, 1, -1):
        if " ".join(token.key for token in tokens[i : i + length]) in colleagues:
            return length
    return 0


def _why(tokens: list[Token], i: int, familiar: frozenset[str]) -> object:
    """Why a name begins here, or None."""
    token = tokens[i]
    if len(token.text) < 2 and not _is_initial(tokens, i):
        return None
    if not token.is_capital:
        return AFTER_A_CUE if _is_small_name(tokens, i) else None
    if token.key in _CUES or (token.is_plain and not _may_be_a_name(token)):
        return None
    if _follows_cue(tokens, i) and not (token.is_word and not token.is_given and token.begins):
        return None if token.is_word and not _reads_as_name(tokens, i) else AFTER_A_CUE
    if token.key in familiar:
        return None
    return _by_itself(tokens, i)


def _by_itself(tokens: list[Token], i: int) -> object:
    token = tokens[i]
    if token.is_given:
        if token.key in v.CALENDAR or token.is_word:
            return A_NAME_HERE if _reads_as_name(tokens, i) else None
        return ON_A_LIST
    if token.is_word:
        return ON_A_LIST if _is_family(tokens, i) else None
    parts = token.key.split("-")
    if len(parts) > 1:
        first = token._replace(key=parts[0])
        if first.is_given and not first.is_word:
            return ON_A_LIST
        if any(token._replace(key=part).is_word for part in parts):
            return None
    if token.begins and not _acts(tokens, i, v.ACTS) and not _goes_on(tokens, i):
        return None
    if token.is_surname or _is_family(tokens, i):
        return ON_A_LIST
    return None if token.key.endswith("s") and token.key[:-1] in v.PLAIN else NO_OTHER_SENSE


def _reads_as_name(tokens: list[Token], i: int) -> bool:
    """Whether a word that is a name too stands here as a name."""
    token = tokens[i]
    if not token.begins:
        return (
            token.is_given and tokens[i - 1].key not in v.DETERMINERS and not _is_a_time(tokens, i)
        )
    if token.owns or _goes_on(tokens, i):
        return token.is_given
    things = v.ACTS - v.ACTS_OF_THINGS if token.key != "grace" else v.ACTS
    return token.is_given and _acts(tokens, i, things)


def _is_a_time(tokens: list[Token], i: int) -> bool:
    """A month's name that means the month: "in May", "last June"."""
    return tokens[i].key in v.CALENDAR and tokens[i - 1].key in v.BEFORE_A_TIME


def _acts(tokens: list[Token], i: int, verbs: frozenset[str]) -> bool:
    follower = tokens[i + 1] if i + 1 < len(tokens) else None
    return bool(follower and follower.is_close and follower.key in verbs) or tokens[i].owns


def _goes_on(tokens: list[Token], i: int) -> bool:
    """A surname or another name follows: "Grace Whitfield", "Mark and I", "Sofía y Diego"."""
    if i + 1 >= len(tokens):
        return False
    follower = tokens[i + 1]
    if follower.is_close and follower.is_capital:
        return not follower.is_word and not follower.is_plain and follower.key not in _CUES
    if follower.key in ("and", "y") and i + 2 < len(tokens) and follower.is_close:
        other = tokens[i + 2]
        return other.key in ("i", "yo") or (other.is_capital and other.is_given)
    return False


def _follows_cue(tokens: list[Token], i: int) -> bool:
    """After "Grandma", "Mrs.", "his mom," or "the judge,"."""
    if not i:
        return False
    before, gap = tokens[i - 1], tokens[i].before
    if before.owns or before.key not in _CUES:
        return False
    if before.key in v.TITLES and gap in (". ", ".", " "):
        return True
    if before.key in ("named", "called", "llamada", "llamado", "family"):
        return gap == " " and before.key != "family"
    return gap == " " or (gap == ", " and not tokens[i].is_word)


def _is_small_name(tokens: list[Token], i: int) -> bool:
    """A name without its capital, after a word for someone: "her brother marcus"."""
    token = tokens[i]
    if not i or not token.is_close or len(token.key) < 4 or token.is_word or token.is_plain:
        return False
    before = tokens[i - 1].key
    cue = before in v.RELATIONS or before in v.TITLES
    if before in v.TITLES and before not in v.RELATIONS and token.is_surname:
        return True
    return token.is_given and (cue or before in v.TO_SOMEONE)


def _is_family(tokens: list[Token], i: int) -> bool:
    """ "The Johnsons", "the Hernandez family"."""
    token, before = tokens[i], tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is None or before.key not in ("the", "los", "las") or not token.is_close:
        return False
    singular = token._replace(key=token.key[:-1])
    if token.key.endswith("s") and singular.is_surname and not singular.is_word:
        return not token.begins
    named = token.is_surname and not token.is_word
    return named and bool(after and after.key in ("family", "familia", "boys", "girls", "kids"))


def _is_initial(tokens: list[Token], i: int) -> bool:
    """The first of two initials that stand for a name: "R.J. said"."""
    token, after = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    return bool(
        after and token.is_capital and after.is_capital and len(after.text) == 1
        and after.before == "." and token.text + after.text not in ("US", "PO", "DC", "AM", "PM")
    )  # fmt: skip


def _may_be_a_name(token: Token) -> bool:
    """Of what is plain: a month that is a name too, or a name all in capitals."""
    if token.key in v.CALENDAR:
        return token.key in v.MONTHS_AND_NAMES
    return len(token.text) > 3 and token.is_given and not token.is_word and token.key not in v.PLAIN


def _end_of_name(tokens: list[Token], i: int) -> int:
    """The index after the last word of the name that begins at `i`."""
    end = i + 1
    while end < len(tokens) and end - i < LONGEST and not tokens[end - 1].owns:
        token = tokens[end]
        initial = len(token.text) == 1 and token.is_capital and token.before in (" ", ".")
        after_initial = len(tokens[end - 1].text) == 1 and token.before == ". "
        small = not tokens[i].is_capital and token.is_surname and token.is_close
        goes_on = token.is_capital and (token.is_close or after_initial) and not token.is_plain
        ordinary = token.is_word and not token.is_surname and not token.is_given
        if not (initial or small or (goes_on and not ordinary and token.key not in _CUES)):
            break
        end += 1
    return end
