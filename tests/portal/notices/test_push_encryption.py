"""Held against the examples of RFC 8188 (3.1) and RFC 8291 (5)."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from portal.notices.push_encryption import MOST, Recipient, Sender, encrypt, pack, unpack
from tests.portal.notices.make import AUTH, P256DH
from tests.portal.notices.push_service import opened


def test_the_example_of_rfc_8188():
    written = encrypt(
        b"I am the walrus", unpack("yqdlZ-tYemfogSmv7Ws5PQ"), salt=unpack("I1BsxtFttlv3u_Oo94xnmw")
    )

    assert pack(written) == (
        "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg"
    )


def test_the_example_of_rfc_8291():
    private = int.from_bytes(unpack("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    written = Recipient(P256DH, AUTH).encrypt(
        b"When I grow up, I want to be a watermelon",
        ours=ec.derive_private_key(private, ec.SECP256R1()),
        salt=unpack("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert pack(written) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_each_is_written_with_a_key_of_its_own():
    browser = Recipient(P256DH, AUTH)
    one, other = browser.encrypt(b"the same"), browser.encrypt(b"the same")

    assert one[:86] != other[:86]
    assert opened(one) == opened(other) == b"the same"


def test_what_no_service_would_carry_is_refused():
    browser = Recipient(P256DH, AUTH)

    assert len(browser.encrypt(b"x" * MOST)) <= 4096
    with pytest.raises(ValueError, match="Too long"):
        browser.encrypt(b"x" * (MOST + 1))


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        ("not base64!", AUTH),
        (P256DH[:-4], AUTH),
        ("B" + "A" * 86, AUTH),  # no point of the curve
        (P256DH, "c2hvcnQ"),
    ],
)
def test_what_is_no_key_is_refused(p256dh, auth):
    with pytest.raises(ValueError):
        Recipient(p256dh, auth)


@pytest.mark.parametrize("private", ["", "c2hvcnQ", "A" * 43, "_" * 43])
def test_what_is_no_private_key_is_refused(private):
    with pytest.raises(ValueError):
        Sender(private)
