"""Which browsers show my notices."""

import pytest

from portal.notices.models import PushSubscription
from portal.notices.push import public_key
from tests.portal.notices import make

URL = "/notices/devices/"
GIVEN = {
    "endpoint": "https://push.example.org/phone",
    "p256dh": make.P256DH,
    "auth": make.AUTH,
}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_browser_is_kept_listed_and_taken_away(as_facilitator, cast):
    page = as_facilitator.get(URL).content.decode()
    assert f'data-key="{public_key()}"' in page
    assert len(public_key()) == 87

    as_facilitator.post(URL, GIVEN, headers={"user-agent": FIREFOX})

    kept = PushSubscription.objects.get()
    assert (kept.person, kept.device) == (cast.facilitator, "Firefox on Windows")
    assert "Firefox on Windows" in as_facilitator.get(URL).content.decode()
    as_facilitator.post(f"{URL}{kept.pk}/remove/")
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "strange",
    [
        {"endpoint": "https://localhost/"},
        {"endpoint": "http://push.example.org/"},
        {"endpoint": ""},
        {"p256dh": "nonsense"},
        {"auth": "c2hvcnQ"},
    ],
)
def test_what_no_browser_says_is_refused(as_facilitator, strange):
    answer = as_facilitator.post(URL, GIVEN | strange)

    assert answer.status_code == 422
    assert not PushSubscription.objects.exists()


def test_without_a_key_the_page_says_so_and_keeps_nothing(as_facilitator, settings):
    settings.WEB_PUSH_PRIVATE_KEY = ""

    as_facilitator.post(URL, GIVEN)

    assert "WEB_PUSH_PRIVATE_KEY" in as_facilitator.get(URL).content.decode()
    assert not PushSubscription.objects.exists()
    assert "push-sessions" not in as_facilitator.get("/notices/preferences/").content.decode()


def test_with_a_key_each_kind_can_be_chosen_for_devices(as_facilitator):
    assert 'name="push-sessions"' in as_facilitator.get("/notices/preferences/").content.decode()
