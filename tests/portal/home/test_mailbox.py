"""In development mail is read in the portal, before signing in."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

DASHES = b"-" * 79


@pytest.fixture
def folder(db, settings):
    settings.DEBUG = True
    settings.EMAIL_FILE_PATH = settings.MAIL_FOLDER
    return settings.MAIL_FOLDER


def send(folder, subject="Welcome", html="<p>Hello <a href='http://x.example/a'>there</a></p>"):
    connection = get_connection(
        "django.core.mail.backends.filebased.EmailBackend", file_path=str(folder)
    )
    mail = EmailMultiAlternatives(
        subject,
        "Hello, see http://x.example/a — é",
        to=["amara@example.org"],
        connection=connection,
    )
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()
    file = max(folder.glob("*.log"))
    return f"{file.stem}-{file.read_bytes().count(DASHES) - 1}"


def test_an_empty_folder_says_so(folder):
    assert "No mail yet" in Client().get("/mailbox/").content.decode()


def test_the_newest_comes_first(folder):
    send(folder, "First")
    send(folder, "Second")

    page = Client().get("/mailbox/").content.decode()

    assert 0 < page.index("Second") < page.index("First")


def test_a_mail_is_shown_with_both_parts_and_its_headers(folder):
    name = send(folder)

    answer = Client().get(f"/mailbox/{name}/")

    page = answer.content.decode()
    assert "amara@example.org" in page
    assert '<a href="http://x.example/a"' in page
    assert "— é" in page
    assert "Message-ID" in page
    assert "---------" not in page
    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_the_frame_runs_nothing(folder):
    name = send(folder, html="<script>alert(1)</script><p>Hello</p>")

    answer = Client().get(f"/mailbox/{name}/?part=html")

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_mail_without_html_is_shown_as_text(folder):
    name = send(folder, html="")

    assert "<iframe" not in Client().get(f"/mailbox/{name}/").content.decode()


def test_mails_of_one_second_in_one_file_are_apart(folder):
    send(folder, "First")
    [file] = folder.glob("*.log")
    file.write_bytes(file.read_bytes() + file.read_bytes().replace(b"First", b"Other"))

    page = Client().get("/mailbox/").content.decode()

    assert 0 < page.index("Other") < page.index("First")
    assert "Other" in Client().get(f"/mailbox/{file.stem}-1/").content.decode()
    assert Client().get(f"/mailbox/{file.stem}-2/").status_code == 404


@pytest.mark.parametrize(
    "name", ["none.log", "20261123-120000-1-0", "..%2F..%2Fsettings.py", "x.txt"]
)
def test_nothing_else_can_be_read(folder, name):
    assert Client().get(f"/mailbox/{name}/").status_code == 404


def test_without_debug_it_is_not_there(folder, settings):
    name = send(folder)
    settings.DEBUG = False

    assert Client().get("/mailbox/").status_code == 404
    assert Client().get(f"/mailbox/{name}/").status_code == 404


def test_it_is_not_there_when_a_mail_server_is_named(folder, settings):
    name = send(folder)
    settings.EMAIL_FILE_PATH = None  # as Django has it, and the settings when EMAIL_URL is given

    assert Client().get("/mailbox/").status_code == 404
    assert Client().get(f"/mailbox/{name}/").status_code == 404
