"""An admin runs an agency: a roster with mistakes is mended and brought in, and someone who hosts
and supervises leaves it without leaving anything behind."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from communities.models import Series
from portal.agencies.models import Invitation, Supervision
from portal.notices.sending import deliver_due
from portal.people.models import User
from tests.communities import make

HEADER = "email,name,role,since,until,supervisor_email"
WRONG = f"""{HEADER}
mara@example.org,Mara Lindgren,facilitator,2026-12-01,,carol@example.org
noor@example.org,Noor Haddad,facilitater,,,
pia@example.org,Pia Berg,peer_partner,01/12/2026,,nobody@example.org
"""
MENDED = f"""{HEADER}
mara@example.org,Mara Lindgren,facilitator,2026-12-01,,carol@example.org
noor@example.org,Noor Haddad,facilitator,,,
pia@example.org,Pia Berg,peer_partner,2026-12-01,,carol@example.org
"""
NOT_YET = MENDED.replace("carol@", "nobody@")


def upload(admin: Page, content: str) -> None:
    file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": content.encode()}
    admin.get_by_label("Roster", exact=True).set_input_files(file)
    admin.get_by_role("button", name="Show what changes").click()


def read_what_is_wrong(admin: Page) -> list[str]:
    """By row and column, all at once."""
    expect(admin.get_by_text("Nothing was changed.")).to_be_visible()
    return admin.get_by_role("alert").locator("li strong").all_inner_texts()


def confirm(admin: Page) -> None:
    expect(admin.get_by_text("3 new, 0 changed, 0 as they were.")).to_be_visible()
    admin.get_by_role("button", name="Import").click()
    expect(admin.get_by_text("Imported: 3 new")).to_be_visible()


def test_a_roster_with_mistakes_is_mended_and_brought_in(page_as, cast):
    admin = page_as(cast.admin, width=1280)
    before = User.objects.count()

    admin.goto(f"/agencies/{cast.northside.agency.pk}/people/")
    admin.get_by_role("link", name="Roster").click()
    upload(admin, WRONG)
    assert read_what_is_wrong(admin) == ["Row 3, role:", "Row 4, since:"]
    upload(admin, NOT_YET)
    assert read_what_is_wrong(admin) == ["Row 2, supervisor_email:", "Row 4, supervisor_email:"]
    assert User.objects.count() == before
    upload(admin, MENDED)
    confirm(admin)

    admin.get_by_role("link", name="3 invitations are open").click()
    expect(admin.get_by_text("Noor Haddad", exact=True)).to_be_visible()
    assert Invitation.objects.standing().count() == 3
    assert Supervision.objects.filter(supervisor=cast.supervisor).count() == 4


def see_what_it_would_change(admin: Page, person: str, successor: str) -> None:
    admin.get_by_role("link", name=person).click()
    admin.get_by_role("link", name="They are leaving the agency").click()
    admin.get_by_label("Who takes over").select_option(successor)
    admin.get_by_role("button", name="Show what changes").click()
    expect(admin.get_by_role("heading", name="Carol Lindqvist takes over")).to_be_visible()
    for line in ("Host of Tuesday circle", "Host of Evoking in Tuesday circle"):
        expect(admin.get_by_text(line, exact=True)).to_be_visible()


def say_so(admin: Page) -> None:
    admin.get_by_role("button", name="End it now").click()
    expect(admin.get_by_text("does not work here now")).to_be_visible()


def find_it_taken_over(successor: Page, leaver: str) -> None:
    """Told in the bell, and the host of what comes next."""
    successor.goto("/notices/")
    successor.get_by_role("link", name=leaver).click()
    successor.get_by_role("link", name="Open it").click()
    successor.goto("/")
    successor.get_by_role("link", name="Tuesday circle").first.click()
    expect(successor.get_by_role("link", name="Move or change it")).to_be_visible()


def test_who_hosts_leaves_and_a_colleague_goes_on(page_as, cast):
    circle = make.circle(cast, "Tuesday circle")
    tomorrow = timezone.localdate() + timedelta(days=1)
    series = make.series(circle, title="Evoking", host=cast.coach, starts_on=tomorrow)
    admin, leaver = page_as(cast.admin, width=1280), page_as(cast.coach)
    leaver.goto("/")

    admin.goto(f"/agencies/{cast.northside.agency.pk}/people/")
    see_what_it_would_change(
        admin, cast.coach.name, f"{cast.supervisor.name} ({cast.supervisor.email})"
    )
    assert Series.objects.get().host == cast.coach
    say_so(admin)

    leaver.reload()
    expect(leaver.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    deliver_due()
    find_it_taken_over(page_as(cast.supervisor), cast.coach.name)
    series.refresh_from_db()
    assert series.host == cast.supervisor
    assert circle.hosts().get() == cast.supervisor
