"""Who gets what, by URL. `tests/matrix.py` says how to read it."""

from reflections.models import Reflection, Version
from tests.cast import Cast
from tests.communities import make as communities
from tests.matrix import ALIKE, Row, everyone
from tests.reflections import make


def draft(cast: Cast) -> dict:
    return {"key": make.draft(cast.facilitator).key}


def private(cast: Cast) -> dict:
    return {"key": make.kept(cast.facilitator).key}


def shared(cast: Cast) -> dict:
    """Open to the supervisor, and to a community where the coach is the other member."""
    entry = make.shared_with_supervisor(cast)
    entry.share_with(communities.circle(cast), by=cast.facilitator)
    return {"key": entry.key}


def answered(cast: Cast) -> dict:
    """Shared as above, and the supervisor's thread in it."""
    entry = shared(cast)
    Reflection.objects.by(cast.facilitator).get(**entry).respond(by=cast.supervisor, text="And?")
    return entry | {"reader": cast.supervisor.pk}


def promised(cast: Cast) -> dict:
    return {"pk": communities.commitment(cast.facilitator).pk}


def share(cast: Cast) -> dict:
    return {"pk": make.shared_with_supervisor(cast).shares.get().pk}


def removed(cast: Cast) -> dict:
    """It was open to the supervisor and the coach before."""
    entry = make.shared_with_supervisor(cast)
    entry.share_with(communities.circle(cast), by=cast.facilitator)
    entry.remove(by=cast.facilitator)
    return {"key": entry.key}


def version(cast: Cast) -> dict:
    """What an entry that the supervisor and the coach read said before it was changed."""
    entry = Reflection.objects.by(cast.facilitator).get(**shared(cast))
    entry.save_draft(make.answers("Changed"), version=entry.version)
    return {"pk": Version.objects.get().pk}


def agency(cast: Cast) -> dict:
    return {"pk": cast.northside.agency.pk}


def hold(cast: Cast) -> dict:
    return {"pk": make.hold(cast).pk}


def circle(cast: Cast) -> dict:
    return {"pk": communities.circle(cast).pk}


def own_prompts(cast: Cast) -> dict:
    return {"pk": make.own_prompts(cast).pk}


def year(cast: Cast) -> dict:
    return {"year": 2026}


ONLY_ADMINS = {"facilitator": 403, "peer_partner": 403, "supervisor": 403, "coach": 403}
STRANGERS = dict.fromkeys(("peer_partner", "admin", "elsewhere"), 404)
READERS = {"supervisor": 200, "coach": 200}
TOLD_WHY = {"supervisor": 403, "coach": 403}
NOBODY_ELSE = STRANGERS | {"supervisor": 404, "coach": 404}
NO_ADMINS = dict.fromkeys(("facilitator", "peer_partner", "supervisor", "coach"), 403)

MATRIX: dict[str, Row] = {
    "reflections:reflections.index": everyone(),
    "reflections:reflections.new": everyone(302),
    "reflections:reflections.show": Row(shared, facilitator=200, **READERS, **STRANGERS),
    "reflections:reflections.edit": Row(shared, facilitator=200, **TOLD_WHY, **STRANGERS),
    "reflections:reflections.remove": Row(shared, facilitator=200, **TOLD_WHY, **STRANGERS),
    "reflections:drafts.edit": Row(draft, facilitator=302, **NOBODY_ELSE),
    # A script is told 401 instead of the way to the sign-in page: test_drafts.
    "reflections:drafts.index": everyone(),
    "reflections:blanks.show": everyone(),
    "reflections:versions.index": Row(shared, facilitator=200, **TOLD_WHY, **STRANGERS),
    "reflections:versions.show": Row(version, facilitator=200, **NOBODY_ELSE),
    # Only POST goes back; asked for, it leads to the version.
    "reflections:returns.new": Row(version, facilitator=302, **NOBODY_ELSE),
    "reflections:identifiers.edit": Row(shared, facilitator=200, **TOLD_WHY, **STRANGERS),
    "reflections:prompts.edit": Row(draft, facilitator=200, **NOBODY_ELSE),
    "reflections:prompt_sets.index": Row(agency, **ONLY_ADMINS, elsewhere=404),
    "reflections:prompt_sets.new": Row(agency, **ONLY_ADMINS, elsewhere=404),
    "reflections:prompt_sets.edit": Row(own_prompts, **ONLY_ADMINS, elsewhere=404),
    "reflections:prompt_sets.remove": Row(own_prompts, **ONLY_ADMINS, elsewhere=404),
    "reflections:searches.index": everyone(),
    "reflections:years.show": Row(year),
    "reflections:ratings.index": everyone(),
    "reflections:shares.new": Row(private, facilitator=200, **NOBODY_ELSE),
    "reflections:shares.remove": Row(share, facilitator=200, **NOBODY_ELSE),
    "reflections:responses.index": everyone(),
    "reflections:responses.new": Row(shared, facilitator=200, **READERS, **STRANGERS),
    "reflections:questions.edit": Row(shared, facilitator=200, **TOLD_WHY, **STRANGERS),
    "reflections:threads.edit": Row(answered, facilitator=200, **TOLD_WHY, **STRANGERS),
    # Only POST begins one; asked for, it leads to the commitment.
    "reflections:follow_ups.new": Row(promised, facilitator=302, **NOBODY_ELSE),
    "reflections:stories.show": Row(shared, facilitator=200, **TOLD_WHY, **STRANGERS),
    "reflections:sights.index": Row(
        facilitator=403, peer_partner=403, supervisor=200, coach=403, admin=403, elsewhere=ALIKE
    ),
    "reflections:removals.index": everyone(),
    "reflections:removals.remove": Row(removed, facilitator=200, **NOBODY_ELSE),
    "reflections:exports.new": everyone(),
    "reflections:retentions.edit": Row(agency, admin=200, elsewhere=404, **NO_ADMINS),
    "reflections:holds.new": Row(agency, admin=200, elsewhere=404, **NO_ADMINS),
    "reflections:holds.remove": Row(
        hold, facilitator=404, peer_partner=404, supervisor=404, coach=404, admin=200,
        elsewhere=404,
    ),
    "reflections:communities.show": Row(
        circle, facilitator=200, peer_partner=404, supervisor=404, coach=200, admin=404,
        elsewhere=404,
    ),
}  # fmt: skip
