"""Every variable of the environment: what it takes, and the one line that a wrong value is answered with."""

import socket
from ipaddress import ip_network
from pathlib import Path

import pytest

from config import environment
from config.environment import ROOT, WrongSetting
from config.mail import MailServer, server_of


def test_everything_is_optional():
    found = environment.read({})
    assert (found.port, found.bind, found.seats) == (8000, "127.0.0.1", 40)
    assert found.data_dir == ROOT / "var"
    assert found.content_dir == ROOT / "content"
    assert (found.redis_url, found.database_url, found.public_url, found.secret_key) == ("", "", "", "")
    assert (found.trusted_proxies, found.debug, found.is_public) == ((), False, False)
    assert found.allowed_hosts == ("127.0.0.1", "[::1]", "localhost")


def test_an_empty_variable_is_one_that_is_not_set():
    assert environment.read({"PORT": "", "SEATS": " ", "REDIS_URL": "", "SECRET_KEY": ""}) == environment.read({})


@pytest.mark.parametrize(
    ("variable", "value", "field", "expected"),
    [
        ("PORT", "1", "port", 1),
        ("PORT", "65535", "port", 65535),
        ("BIND", "0.0.0.0", "bind", "0.0.0.0"),
        ("BIND", "::1", "bind", "::1"),
        ("BIND", "localhost", "bind", "localhost"),
        ("DATA_DIR", "/srv/offload", "data_dir", Path("/srv/offload")),
        ("CONTENT_DIR", "/", "content_dir", Path("/")),
        ("REDIS_URL", "redis://:secret@broker:6379/3", "redis_url", "redis://:secret@broker:6379/3"),
        ("REDIS_URL", "rediss://broker", "redis_url", "rediss://broker"),
        ("REDIS_URL", "redis+socket:///run/valkey.sock", "redis_url", "redis+socket:///run/valkey.sock"),
        ("REDIS_URL", "redis+socket:///v.sock?virtual_host=2", "redis_url", "redis+socket:///v.sock?virtual_host=2"),
        ("REDIS_URL", "rediss://b?ssl_cert_reqs=none", "redis_url", "rediss://b?ssl_cert_reqs=none"),
        ("DATABASE_URL", "postgres://u:p@db/offload", "database_url", "postgres://u:p@db/offload"),
        ("DATABASE_URL", "sqlite:////srv/x.sqlite3", "database_url", "sqlite:////srv/x.sqlite3"),
        ("SEATS", "1", "seats", 1),
        ("SEATS", "400", "seats", 400),
        ("WEB_PROCESSES", "1", "web_processes", 1),
        ("WEB_PROCESSES", "64", "web_processes", 64),
        ("WEB_MACHINES", "1", "web_machines", 1),
        ("PUBLIC_URL", "http://learn.example.org", "public_url", "http://learn.example.org"),
        ("PUBLIC_URL", "http://[2001:db8::1]:8080", "public_url", "http://[2001:db8::1]:8080"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, ::1", "trusted_proxies", (ip_network("10.0.0.0/8"), ip_network("::1"))),
        ("ALLOWED_HOSTS", "a.example.org,.b.example.org", "allowed_hosts", ("a.example.org", ".b.example.org")),
        ("ALLOWED_HOSTS", "a.example, b.example ,", "allowed_hosts", ("a.example", "b.example")),
        ("SECRET_KEY", "k" * 32, "secret_key", "k" * 32),
        ("EMAIL_FROM", "offload@example.org", "email_from", "offload@example.org"),
        ("EMAIL_FROM", "Offload <offload@example.org>", "email_from", "Offload <offload@example.org>"),
        ("DEBUG", "true", "debug", True),
        ("DEBUG", "0", "debug", False),
        ("LOG_FORMAT", "json", "log_format", "json"),
        ("METRICS_PORT", "9100", "metrics_port", 9100),
        ("METRICS_BIND", "10.0.0.1", "metrics_bind", "10.0.0.1"),
    ],
)
def test_a_good_value_is_taken(variable, value, field, expected):
    assert getattr(environment.read({variable: value}), field) == expected


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "8000.5"),
        ("BIND", "example.org"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_PORT", "8000"),  # which the site has
        ("METRICS_PORT", "-1"),
        ("METRICS_BIND", "example.org"),
        ("BIND", "127.0.0.1:80"),
        ("CONTENT_DIR", "/nowhere/at/all"),
        ("REDIS_URL", "http://broker"),
        ("REDIS_URL", "broker:6379"),
        ("REDIS_URL", "redis://broker:port/0"),
        ("REDIS_URL", "redis://broker:70000"),
        ("REDIS_URL", "redis://broker/name"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://[::1"),
        ("REDIS_URL", "redis://broker/0?socket_timeout=abc"),
        ("REDIS_URL", "redis://broker?db=3"),
        ("REDIS_URL", "redis://broker?nonsense"),
        ("REDIS_URL", "redis://broker#0"),
        ("REDIS_URL", "rediss://broker?db=3"),
        ("REDIS_URL", "rediss://broker?ssl_cert_reqs=perhaps"),
        ("REDIS_URL", "rediss://broker?ssl_ca_certs=/nowhere/at/all"),
        ("REDIS_URL", "redis+socket:///run/valkey.sock?db=1"),
        ("REDIS_URL", "redis+socket:///run/valkey.sock?virtual_host=one"),
        ("DATABASE_URL", "mysql://u:p@db/offload"),
        ("DATABASE_URL", "offload.sqlite3"),
        ("DATABASE_URL", "postgres://u:p@db:port/offload"),
        ("SEATS", "0"),
        ("SEATS", "401"),
        ("SEATS", "-1"),
        ("SEATS", "forty"),
        ("PUBLIC_URL", "learn.example.org"),
        ("PUBLIC_URL", "ftp://learn.example.org"),
        ("PUBLIC_URL", "http://learn.example.org/"),
        ("PUBLIC_URL", "http://learn.example.org/course"),
        ("PUBLIC_URL", "http://learn.example.org?"),
        ("PUBLIC_URL", "HTTP://learn.example.org"),
        ("PUBLIC_URL", "http://learn.example.org, other.example.org"),
        ("PUBLIC_URL", "http://learn.example.org?x=1"),
        ("PUBLIC_URL", "http://user@learn.example.org"),
        ("PUBLIC_URL", "http://[::1"),
        ("PUBLIC_URL", "https://learn.example.org:99999"),
        ("ALLOWED_HOSTS", "a.example b.example"),
        ("ALLOWED_HOSTS", "a.example, b .example"),
        ("TRUSTED_PROXIES", "proxy"),
        ("TRUSTED_PROXIES", "10.0.0.0/33"),
        ("SECRET_KEY", "short"),
        ("EMAIL_URL", "http://mail.example.org"),
        ("EMAIL_URL", "mail.example.org:25"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.org:port"),
        ("EMAIL_URL", "smtp://mail.example.org:70000"),
        ("EMAIL_URL", "smtp://mail.example.org:0"),
        ("EMAIL_URL", "smtp://mail.example.org/folder"),
        ("EMAIL_URL", "smtp://mail.example.org?tls=true"),
        ("EMAIL_URL", "smtp://user@mail.example.org"),
        ("EMAIL_URL", "smtp://[::1"),
        ("EMAIL_URL", "smtp://mail.example.org"),  # without EMAIL_FROM
        ("EMAIL_FROM", "offload"),
        ("EMAIL_FROM", "a@b@c"),
        ("WEB_PROCESSES", "0"),
        ("WEB_PROCESSES", "two"),
        ("WEB_MACHINES", "0"),
        ("WEB_MACHINES", "2"),  # without what they share
        ("DEBUG", "maybe"),
    ],
)
def test_a_wrong_value_is_answered_with_one_line_that_names_the_variable(variable, value):
    with pytest.raises(WrongSetting) as caught:
        environment.read({variable: value})
    assert variable in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_wrong_values_of_a_kind_are_named_at_once():
    with pytest.raises(WrongSetting) as caught:
        environment.read({"PORT": "x", "SEATS": "y"})
    assert "PORT" in str(caught.value)
    assert "SEATS" in str(caught.value)


@pytest.mark.parametrize(
    "value", ["http://:hidden@broker", "redis://:hidden@broker:port/0", "redis://:hidden@broker/x"]
)
def test_a_password_in_a_wrong_url_is_not_repeated(value):
    with pytest.raises(WrongSetting) as caught:
        environment.read({"REDIS_URL": value})
    assert "hidden" not in str(caught.value)


MAIL = {"EMAIL_FROM": "offload@example.org", "PUBLIC_URL": "http://learn.example.org"}


SHARED = {
    "WEB_MACHINES": "2",
    "REDIS_URL": "redis://broker",
    "DATABASE_URL": "postgres://db/offload",
    "SECRET_KEY": "k" * 32,
}


@pytest.mark.parametrize("missing", ["REDIS_URL", "DATABASE_URL", "SECRET_KEY"])
def test_several_machines_need_what_all_of_them_can_reach(missing: str):
    assert environment.read(SHARED).web_machines == 2
    with pytest.raises(WrongSetting, match=f"WEB_MACHINES is 2, so all of them need the same {missing}"):
        environment.read(SHARED | {missing: ""})
    with pytest.raises(WrongSetting, match="must begin with postgres://"):
        environment.read(SHARED | {"DATABASE_URL": "sqlite:////srv/x.sqlite3"})


@pytest.mark.parametrize("missing", MAIL)
def test_mail_needs_a_sender_and_an_address_for_its_links(missing):
    given = {name: value for name, value in MAIL.items() if name != missing}
    with pytest.raises(WrongSetting, match=missing):
        environment.read({"EMAIL_URL": "smtp://mail.example.org", **given})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 25, "", "", starts_tls=False, is_tls=False)),
        ("smtp://[::1]:2525", MailServer("::1", 2525, "", "", starts_tls=False, is_tls=False)),
        ("smtp+tls://ada:p%40ss@mail", MailServer("mail", 587, "ada", "p@ss", starts_tls=True, is_tls=False)),
        ("smtps://ada:x@mail:4650/", MailServer("mail", 4650, "ada", "x", starts_tls=False, is_tls=True)),
    ],
)
def test_a_mail_server_is_named_by_a_url(url, expected):
    found = environment.read({"EMAIL_URL": url, **MAIL})
    assert server_of(found.email_url) == expected


@pytest.mark.parametrize("url", ["imap://u:hidden@mail", "smtp://u:hidden@mail:x", "smtp://u:hidden@mail/x"])
def test_a_password_for_mail_is_not_repeated(url):
    with pytest.raises(WrongSetting) as caught:
        environment.read({"EMAIL_URL": url, **MAIL})
    assert "hidden" not in str(caught.value)


def test_https_needs_to_know_the_proxy_that_ends_it():
    with pytest.raises(WrongSetting, match="TRUSTED_PROXIES"):
        environment.read({"PUBLIC_URL": "https://learn.example.org"})
    found = environment.read({"PUBLIC_URL": "https://learn.example.org", "TRUSTED_PROXIES": "127.0.0.1"})
    assert found.is_public
    assert "learn.example.org" in found.allowed_hosts


def test_a_site_for_the_network_may_be_asked_for_by_its_machines_name():
    assert socket.gethostname().lower() in environment.read({"BIND": "0.0.0.0"}).allowed_hosts


def test_an_ipv6_address_is_allowed_as_browsers_write_it():
    assert "[2001:db8::1]" in environment.read({"BIND": "2001:db8::1"}).allowed_hosts


def test_a_relative_data_dir_is_made_absolute():
    assert environment.read({"DATA_DIR": "elsewhere"}).data_dir == Path.cwd() / "elsewhere"
