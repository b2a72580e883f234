"""A roster is looked at before it is carried out, whole or not at all; again changes nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.agencies.models import Invitation, Position, Roster, Supervision
from portal.agencies.roster.export import rows_of, written
from portal.agencies.tasks import forget_rosters, import_rosters, write_invitations
from portal.audit.models import Entry
from portal.people.models import Letter, User
from tests import make

HEADER = "email,name,role,since,until,supervisor_email,coach_email\n"


@pytest.fixture
def agency(cast):
    return cast.northside.agency


@pytest.fixture
def upload(as_admin, agency):
    """Upload a roster; the answer to looking at it (or the refusal)."""

    def send(content, client=as_admin):
        content = (HEADER + content).encode() if isinstance(content, str) else content
        file = SimpleUploadedFile("roster.csv", content, "text/csv")
        return client.post(f"/agencies/{agency.pk}/roster/new/", {"file": file}, follow=True)

    return send


@pytest.fixture
def bring(upload, as_admin):
    """Upload a roster and say yes."""

    def send(content):
        upload(content)
        return as_admin.post(Roster.objects.get().get_absolute_url())

    return send


def roster_page(client, cast):
    return client.get(f"/agencies/{cast.northside.agency.pk}/roster/").content.decode()


def facts():
    return (
        list(User.objects.order_by("pk").values_list("email", "name", "is_active")),
        list(Position.objects.order_by("pk").values()),
        list(Supervision.objects.order_by("pk").values()),
        list(Invitation.objects.order_by("pk").values_list("email", "role")),
    )


def test_looking_changes_nothing(upload):
    before = facts()
    answer = upload("mara@example.org,Mara Lindgren,facilitator,,,carol@example.org,\n")

    assert "Mara Lindgren" in answer.content.decode()
    assert answer.context["plan"].unchanged == 0
    assert facts() == before


def test_saying_yes_brings_the_person_with_role_supervisor_and_invitation(bring, cast, agency):
    bring(
        "mara@example.org,Mara Lindgren,facilitator,2026-12-01,2027-01-31,"
        "carol@example.org,dae@example.org\n"
    )
    mara = User.objects.get(email="mara@example.org")
    position = mara.positions.get()

    assert (mara.has_usable_password(), mara.time_zone) == (False, "America/New_York")
    assert [str(d) for d in (position.first_day, position.last_day)] == ["2026-12-01", "2027-01-31"]
    assert set(Supervision.objects.filter(supervisee=mara).values_list("supervisor", "kind")) == {
        (cast.supervisor.pk, "supervises"),
        (cast.coach.pk, "coaches"),
    }
    assert Invitation.objects.get().email == "mara@example.org"
    assert set(Entry.objects.values_list("kind", flat=True)) == {
        "position.begun",
        "supervision.begun",
        "invitation.sent",
        "roster.imported",
    }
    assert not Roster.objects.exists()


def test_no_mail_is_written_in_the_page(bring):
    bring("mara@example.org,Mara Lindgren,facilitator,,,,\n")
    assert not Letter.objects.exists()

    write_invitations()
    assert Letter.objects.get().to == "mara@example.org"


def test_the_export_imported_again_changes_nothing(upload, agency, cast):
    make.position(cast.coach, agency, "supervisor", until=timezone.now() + timedelta(days=40))
    make.supervision(cast.coach, cast.newcomer, agency)
    cast.newcomer.name = '=Kofi  \'O Mensah; "x"'
    cast.newcomer.save()
    answer = upload(written(rows_of(agency)))

    plan = answer.context["plan"]
    assert (plan.new, plan.changed, plan.problems) == ([], [], [])
    assert plan.unchanged == 7


def test_importing_the_same_again_changes_nothing(bring, upload):
    row = "mara@example.org,Mara Lindgren,facilitator,2026-12-01,,carol@example.org,\n"
    bring(row)
    before = facts()
    plan = upload(row).context["plan"]

    assert (plan.new, plan.changed, plan.unchanged) == ([], [], 1)
    assert facts() == before


def test_only_what_changed_changes(bring, cast):
    bring(
        "amara@example.org,Amara Okafor-Bell,facilitator,,2027-03-31,,\n"
        "benito@example.org,Benito Reyes,peer_partner,,,edith@example.org,\n"
    )
    amara = User.objects.get(pk=cast.facilitator.pk)

    assert amara.name == "Amara Okafor-Bell"
    assert str(amara.positions.get().last_day) == "2027-03-31"
    theirs = Supervision.objects.current().filter(supervisee=cast.peer_partner)
    assert set(theirs.values_list("supervisor", "kind")) == {
        (cast.admin.pk, "supervises"),
        (cast.coach.pk, "coaches"),
    }
    assert Supervision.objects.current().filter(supervisee=amara).count() == 2


def test_who_is_not_in_the_file_is_left_alone(bring):
    before = facts()[1]
    bring("mara@example.org,Mara Lindgren,facilitator,,,,\n")

    assert facts()[1][: len(before)] == before


def test_someone_of_another_agency_is_asked_not_taken(bring, cast, agency):
    bring("farah@example.org,Somebody Else,facilitator,,,carol@example.org,\n")
    invitation = Invitation.objects.get()

    assert not agency.people().filter(email="farah@example.org").exists()
    assert User.objects.get(email="farah@example.org").name == "Farah Haddad"
    assert (invitation.email, invitation.supervisor) == ("farah@example.org", cast.supervisor)


def test_a_name_that_another_agency_knows_too_is_not_changed(bring, upload, cast):
    make.position(cast.coach, cast.riverbend.agency, "coach")
    plan = upload("dae@example.org,Somebody Else,coach,,,,\n").context["plan"]

    assert plan.unchanged == 1


def test_a_colleague_does_not_see_what_waits_for_me(upload, as_admin, as_person, cast, agency):
    make.position(cast.coach, agency, "admin")
    upload("mara@example.org,Mara,coach,,,,\n")

    assert "waits for your answer" in roster_page(as_admin, cast)
    assert "waits for your answer" not in roster_page(as_person(cast.coach), cast)


def test_who_had_left_comes_back(bring, cast, agency):
    agency.departs(cast.coach, by=cast.admin)
    bring("dae@example.org,Dae Kim,coach,,,,\n")
    dae = User.objects.get(pk=cast.coach.pk)

    assert (dae.is_active, dae.positions.current().count()) == (True, 1)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("mara@example.org,Mara,facilitator,,,nobody@example.org,", (2, "supervisor_email")),
        ("mara@example.org,Mara,facilitator,,,hana@example.org,", (2, "supervisor_email")),
        ("mara@example.org,Mara,facilitator,,2026-01-31,,", (2, "until")),
        ("mara@example.org,=1+1,facilitator,,,,", (2, "name")),
        ("mara@example.org,Mara,learner,,,,", (2, "role")),
    ],
)
def test_one_wrong_cell_stops_the_whole_file(upload, row, where):
    before = facts()
    answer = upload(f"{row}\nok@example.org,Okay,coach,,,,\n")

    assert answer.status_code == 422
    assert [(p.line, p.column) for p in answer.context["problems"]] == [where]
    assert (facts(), Roster.objects.count()) == (before, 0)


def test_a_newcomer_may_be_supervised_by_another_newcomer(bring):
    bring(
        "mara@example.org,Mara Lindgren,facilitator,,,nia@example.org,\n"
        "nia@example.org,Nia Brandt,supervisor,,,,\n"
    )

    assert Supervision.objects.filter(supervisee__email="mara@example.org").count() == 1


def test_saying_yes_twice_imports_once(upload, as_admin):
    upload("mara@example.org,Mara Lindgren,facilitator,,,,\n")
    url = Roster.objects.get().get_absolute_url()

    assert [as_admin.post(url).status_code for _ in range(2)] == [302, 404]
    assert Position.objects.filter(person__email="mara@example.org").count() == 1


def test_what_changed_since_the_look_is_looked_at_again(upload, as_admin, cast, agency):
    upload("mara@example.org,Mara Lindgren,facilitator,,,carol@example.org,\n")
    agency.departs(cast.supervisor, by=cast.admin)
    answer = as_admin.post(Roster.objects.get().get_absolute_url())

    assert answer.status_code == 422
    assert not User.objects.filter(email="mara@example.org").exists()


def test_a_colleague_who_is_admin_too_does_not_see_my_upload(upload, as_person, cast, agency):
    upload("mara@example.org,Mara Lindgren,facilitator,,,,\n")
    make.position(cast.coach, agency, "admin")

    assert as_person(cast.coach).get(Roster.objects.get().get_absolute_url()).status_code == 404


def test_an_upload_is_forgotten_after_a_day(upload, as_admin):
    upload("mara@example.org,Mara Lindgren,facilitator,,,,\n")
    now = timezone.now()
    Roster.objects.update(uploaded_at=now - timedelta(days=2), expires_at=now)

    assert as_admin.get(Roster.objects.get().get_absolute_url()).status_code == 404
    forget_rosters()
    assert not Roster.objects.exists()


@pytest.mark.parametrize("many", [1, 30])
def test_the_queries_do_not_grow_with_people(upload, as_admin, many, django_assert_max_num_queries):
    rows = "".join(f"p{n}@example.org,P {n},coach,,,carol@example.org,\n" for n in range(many))
    with django_assert_max_num_queries(30):
        upload(rows)
    with django_assert_max_num_queries(40):
        as_admin.post(Roster.objects.get().get_absolute_url())

    assert User.objects.filter(email__startswith="p").count() == many


def test_the_export_is_recorded_and_asks_two_queries(as_admin, agency, django_assert_num_queries):
    with django_assert_num_queries(2):
        rows_of(agency)
    as_admin.get(f"/agencies/{agency.pk}/roster/export/")

    assert Entry.objects.get(kind="roster.exported").agency_id == agency.pk


def test_the_sample_can_be_downloaded(as_admin, agency):
    answer = as_admin.get(f"/agencies/{agency.pk}/roster/sample/")

    assert answer["Content-Disposition"] == 'attachment; filename="roster-sample.csv"'
    assert b"supervisor_email" in answer.content


def test_a_large_roster_is_carried_out_by_a_worker(upload, as_admin, cast, monkeypatch):
    monkeypatch.setattr("portal.agencies.views.rosters.IN_A_PAGE", 1)
    upload("mara@example.org,Mara,coach,,,,\nnia@example.org,Nia,coach,,,,\n")
    url = Roster.objects.get().get_absolute_url()
    answer = as_admin.post(url)

    assert answer.status_code == 302
    assert not User.objects.filter(email="mara@example.org").exists()
    assert as_admin.get(url).status_code == 404  # confirmed: not to be answered twice
    assert "is being imported" in roster_page(as_admin, cast)

    import_rosters()
    assert "Not imported yet" not in roster_page(as_admin, cast)
    assert User.objects.filter(email__in=["mara@example.org", "nia@example.org"]).count() == 2
    assert not Roster.objects.exists()


def test_a_large_one_that_does_not_fit_any_more_goes_back(
    upload, as_admin, cast, agency, monkeypatch
):
    monkeypatch.setattr("portal.agencies.views.rosters.IN_A_PAGE", 0)
    upload("mara@example.org,Mara,facilitator,,,carol@example.org,\n")
    url = Roster.objects.get().get_absolute_url()
    as_admin.post(url)
    agency.departs(cast.supervisor, by=cast.admin)
    import_rosters()

    assert f'href="{url}"' in roster_page(as_admin, cast)
    assert as_admin.get(url).status_code == 422
    assert not User.objects.filter(email="mara@example.org").exists()
