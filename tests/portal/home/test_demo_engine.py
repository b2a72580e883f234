"""In the demo an admin finds on each of the engine's pages what it is for."""

from django.utils import timezone

from communities.routines import set_up_the_usual
from portal.home.demo import engine


def test_mails_that_went_were_held_back_missed_and_failed(cast, as_admin):
    now = timezone.now()
    set_up_the_usual(now)
    agency = cast.northside.agency

    engine.load(agency, list(agency.people().order_by("pk")), now)

    rows = {
        shown: as_admin.get(f"/reminders/{agency.pk}/gone/", {"show": shown}).context["rows"]
        for shown in ("sent", "held", "missed")
    }
    assert {shown: bool(found) for shown, found in rows.items()} == dict.fromkeys(rows, True)
    assert [str(row["why"]) for row in rows["missed"]] == ["it would have come too late"]
    failed = as_admin.get(f"/agencies/{agency.pk}/mail/")
    assert [str(delivery.state) for delivery, _title in failed.context["rows"]] == [
        "bounced",
        "given_up",
    ]
