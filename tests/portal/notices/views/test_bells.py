"""The bell of a page that stands open."""

from tests.portal.notices import make

BELL = "/notices/unread/"


def said(client, seen: int) -> str:
    """The answer to a page that shows so many, without the breaks between its lines."""
    answer = client.get(f"{BELL}?seen={seen}", HTTP_HX_REQUEST="true")
    return answer.content.decode().replace("\n", "")


def test_while_nothing_changed_nothing_is_rendered(cast, as_facilitator):
    assert as_facilitator.get(f"{BELL}?seen=0", HTTP_HX_REQUEST="true").status_code == 204


def test_a_new_notice_shows_beside_every_bell_and_is_said(cast, as_facilitator):
    make.notice(cast.facilitator, cast.northside.agency)

    answer = said(as_facilitator, 0)

    assert '<span class="bell" hx-swap-oob="outerHTML:.bell"><span class="count">' in answer
    assert f'hx-get="{BELL}?seen=1"' in answer
    assert '<div id="status" hx-swap-oob="innerHTML">1 new notice</div>' in answer


def test_what_was_read_elsewhere_goes_without_a_word(cast, as_facilitator):
    answer = said(as_facilitator, 3)

    assert 'hx-swap-oob="outerHTML:.bell"></span>' in answer
    assert "status" not in answer


def test_who_was_signed_out_keeps_their_page(client, db):
    answer = client.get(f"{BELL}?seen=0", HTTP_HX_REQUEST="true")

    assert (answer.status_code, answer.headers.get("HX-Refresh")) == (286, None)


def test_the_poll_is_one_query_beyond_the_session(cast, as_facilitator, django_assert_num_queries):
    as_facilitator.get(f"{BELL}?seen=0")
    with django_assert_num_queries(3):  # session and person, positions (second factor), count
        as_facilitator.get(f"{BELL}?seen=0", HTTP_HX_REQUEST="true")
