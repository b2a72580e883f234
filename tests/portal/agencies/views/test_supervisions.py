"""Who supervises or coaches whom."""

from portal.agencies.models import Supervision
from portal.audit.models import Entry


def test_an_admin_gives_someone_a_supervisor(as_admin, cast):
    url = f"/agencies/{cast.northside.agency.pk}/people/{cast.newcomer.pk}/supervision/new/"
    as_admin.post(url, {"supervisor": cast.supervisor.pk, "kind": "supervises"})
    as_admin.post(url, {"supervisor": cast.supervisor.pk, "kind": "supervises"})

    assert Supervision.objects.get(supervisee=cast.newcomer).supervisor == cast.supervisor
    assert Entry.objects.filter(kind="supervision.begun").count() == 1


def test_nobody_supervises_themselves_and_no_stranger_does(as_admin, cast):
    for other in (cast.newcomer, cast.riverbend.supervisor, cast.leaver):
        url = f"/agencies/{cast.northside.agency.pk}/people/{cast.newcomer.pk}/supervision/new/"
        answer = as_admin.post(url, {"supervisor": other.pk, "kind": "supervises"})
        assert answer.status_code == 422

    assert not Supervision.objects.filter(supervisee=cast.newcomer).exists()


def test_ending_keeps_that_it_was(as_admin, cast):
    relation = Supervision.objects.get(supervisor=cast.coach, supervisee=cast.facilitator)
    as_admin.post(f"/agencies/supervision/{relation.pk}/end/")
    relation.refresh_from_db()

    assert relation.until is not None
    assert not relation.holds()
