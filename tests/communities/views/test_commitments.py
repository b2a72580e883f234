"""What I promised myself."""

from datetime import timedelta

from communities.models import Commitment, Outcome
from tests.clock import today
from tests.communities import make

NEXT_WEEK = (today() + timedelta(days=7)).isoformat()


def test_i_take_one_from_a_session(cast, as_facilitator):
    session = make.session(make.circle(cast))

    answer = as_facilitator.post(
        f"/communities/commitments/new/?session={session.pk}",
        {"text": "Ask first", "due_on": NEXT_WEEK},
    )

    assert answer.headers["Location"] == session.get_absolute_url()
    assert [c.text for c in session.commitments.all()] == ["Ask first"]


def test_a_session_i_do_not_come_to_takes_nothing(cast, as_newcomer):
    session = make.session(make.circle(cast))

    as_newcomer.post(
        f"/communities/commitments/new/?session={session.pk}",
        {"text": "Ask first", "due_on": NEXT_WEEK},
    )

    assert session.commitments.count() == 0
    assert Commitment.objects.get().person == cast.newcomer


def test_a_strange_session_in_the_address_is_left_out(as_facilitator):
    for strange in ("x", "-1", "9" * 30, "²"):
        url = f"/communities/commitments/new/?session={strange}"
        assert as_facilitator.get(url).status_code == 200


def test_all_i_ever_tried_can_be_paged_through(cast, as_facilitator):
    made = [make.commitment(cast.facilitator, text=f"Try {n}") for n in range(30)]
    Outcome.objects.bulk_create(Outcome(commitment=each, kind="tried") for each in made)
    url, seen = "/communities/commitments/", []

    while url:
        found = as_facilitator.get(url).context["found"]
        seen += found.rows
        url = found.older and f"/communities/commitments/{found.older}"

    assert seen == made[::-1]


def test_a_page_after_one_of_somebody_else_is_the_first(cast, as_facilitator):
    theirs = make.commitment(cast.peer_partner)
    mine = make.commitment(cast.facilitator)

    for strange in (theirs.pk, "x", "9" * 30):
        answer = as_facilitator.get(f"/communities/commitments/?before={strange}")
        assert answer.context["open_commitments"] == [mine]


def test_a_double_click_keeps_it_once(as_facilitator):
    for _ in range(2):
        as_facilitator.post(
            "/communities/commitments/new/", {"text": "Ask first", "due_on": NEXT_WEEK}
        )

    assert Commitment.objects.count() == 1


def test_what_is_missing_is_said(as_facilitator):
    answer = as_facilitator.post(
        "/communities/commitments/new/", {"text": "", "due_on": "2020-01-01"}
    )

    assert answer.context["form"].errors == {
        "text": ["Write what you will do next time."],
        "due_on": ["Choose a day in the future."],
    }


def test_i_say_what_became_of_it(cast, as_facilitator):
    commitment = make.commitment(cast.facilitator)
    url = f"/communities/commitments/{commitment.pk}/"

    refused = as_facilitator.post(url, {"kind": "not_yet"})
    as_facilitator.post(url, {"kind": "not_yet", "next_on": NEXT_WEEK})
    as_facilitator.post(url, {"kind": "tried", "words": "They smiled."})

    assert refused.context["form"].errors == {
        "next_on": ["Choose a day to come, to bring it back."]
    }
    assert [o.kind for o in commitment.outcomes.all()] == ["not_yet", "tried"]
    assert "You have said what became of it." in as_facilitator.get(url).content.decode()


def test_what_i_said_by_one_tap_on_today_i_take_back_by_another(cast, as_facilitator):
    commitment = make.commitment(cast.facilitator, due_on=today())
    url = f"/communities/commitments/{commitment.pk}/"
    assert f'action="{url}"' in as_facilitator.get("/").content.decode()

    for kind, words in [("tried", "I tried it"), ("let_go", "I let it go")]:
        said = as_facilitator.post(url, {"kind": kind}, follow=True)
        outcome = commitment.outcomes.get()
        undo = f"/communities/outcomes/{outcome.pk}/remove/"
        assert f"Take back “{words}”" in said.content.decode()
        assert f'action="{undo}"' in said.content.decode()
        assert url not in as_facilitator.get("/").content.decode()

        as_facilitator.post(undo)
        assert f'action="{url}"' in as_facilitator.get("/").content.decode()


def test_not_yet_is_chosen_on_the_page_that_today_leads_to(cast, as_facilitator):
    commitment = make.commitment(cast.facilitator)

    page = as_facilitator.get(f"/communities/commitments/{commitment.pk}/?kind=not_yet")

    assert page.context["form"]["kind"].value() == "not_yet"


def test_nobody_takes_back_what_another_said(cast, as_coach):
    outcome = make.commitment(cast.facilitator).settle("tried", by=cast.facilitator)

    assert as_coach.post(f"/communities/outcomes/{outcome.pk}/remove/").status_code == 404
    assert Outcome.objects.exists()


def test_my_list_costs_the_same_at_any_number(cast, as_facilitator, queries_of):
    def more() -> None:
        make.commitment(cast.facilitator)
        make.commitment(cast.facilitator).settle("tried", by=cast.facilitator)

    more()
    few = queries_of(as_facilitator, "/communities/commitments/")
    for _ in range(3):
        more()

    assert queries_of(as_facilitator, "/communities/commitments/") == few
