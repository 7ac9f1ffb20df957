"""What a user can set, read from the environment: all of it optional, and checked before anything starts."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import SplitResult, parse_qsl, urlsplit

import dj_database_url
from environs import Env, EnvValidationError, ValidationError, validate

from config import machine, mail
from config.own_hosts import own_hosts

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"

SHORTEST_KEY = 32  # characters

# The parameters that a REDIS_URL may have, by its scheme: those that both kombu and redis-py understand alike.
REDIS_QUERY = {
    "redis+socket": frozenset({"virtual_host"}),
    "rediss": frozenset({"ssl_cert_reqs", "ssl_ca_certs"}),
}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class WrongSetting(Exception):
    """A variable of the environment has a value that cannot be used. Its text is one line for the user."""


@dataclass(frozen=True)
class Environment:
    """The checked settings. An empty `redis_url` or `database_url` means: the embedded one."""

    port: int
    bind: str
    data_dir: Path
    content_dir: Path
    redis_url: str
    database_url: str
    seats: int
    web_processes: int
    web_machines: int
    public_url: str
    trusted_proxies: tuple[Network, ...]
    allowed_hosts: tuple[str, ...]
    secret_key: str
    email_url: str
    email_from: str
    log_format: str
    metrics_port: int
    metrics_bind: str
    debug: bool

    @property
    def is_public(self) -> bool:
        """Whether readers come over https, so that cookies and redirects must insist on it."""
        return self.public_url.startswith("https://")

    @property
    def web_threads(self) -> int:
        """Threads of each web process: twice as many as seats and 16 besides.

        Half of them may be reading bodies: `seats`, which one address can hold, and 16 more for the others
        (frontdoor/bodies.py). `seats` may be held by the blocking demo. So 16 are left for pages, whatever happens.

        These bounds hold for all processes together. Each has threads for all of it, for nobody can say which of them
        takes a connection: the kernel decides. A thread that has nothing to do is not there (Granian ends it).
        """
        return 2 * (self.seats + 16)


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read and check the variables.

    Raises:
        WrongSetting: one or more variables have a value that cannot be used; the text names each of them.
    """
    variables = _Variables(environ)
    found = Environment(
        port=variables.int("PORT", 8000, validate=validate.Range(1, 65535)),
        bind=variables.str("BIND", "127.0.0.1"),
        data_dir=variables.path("DATA_DIR", ROOT / "var"),
        content_dir=variables.path("CONTENT_DIR", ROOT / "content"),
        redis_url=variables.str("REDIS_URL", ""),
        database_url=variables.str("DATABASE_URL", ""),
        seats=variables.int("SEATS", 40, validate=validate.Range(1, 400)),
        web_processes=variables.int("WEB_PROCESSES", machine.web_processes(), validate=validate.Range(1, 64)),
        web_machines=variables.int("WEB_MACHINES", 1, validate=validate.Range(1, 64)),
        public_url=variables.str("PUBLIC_URL", ""),
        trusted_proxies=(),
        allowed_hosts=(),
        secret_key=variables.str("SECRET_KEY", "", validate=_long_enough),
        email_url=variables.str("EMAIL_URL", ""),
        email_from=variables.str("EMAIL_FROM", ""),
        log_format=variables.str("LOG_FORMAT", "line", validate=validate.OneOf(["line", "json"])),
        metrics_port=variables.int("METRICS_PORT", 0, validate=validate.Range(0, 65535)),
        metrics_bind=variables.str("METRICS_BIND", "127.0.0.1"),
        debug=variables.bool("DEBUG", False),
    )
    hosts: list[str] = variables.list("ALLOWED_HOSTS", [])
    proxies: list[str] = variables.list("TRUSTED_PROXIES", [])
    try:
        variables.seal()
    except EnvValidationError as error:
        said = cast(Mapping[str, list[str]], error.error_messages)
        wrong = (f"{name}: {' '.join(texts).rstrip('.').lower()}" for name, texts in said.items())
        raise WrongSetting("; ".join(wrong)) from None
    return _checked(found, _networks(proxies), tuple(host.strip() for host in hosts if host.strip()))


class _Variables(Env):
    """The given mapping as variables, in which an empty one is one that is not set."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(eager=False)
        self.given = given

    def _get_value(self, env_key: str, default: object) -> object:
        return self.given.get(env_key, "").strip() or default


def _checked(found: Environment, proxies: tuple[Network, ...], hosts: tuple[str, ...]) -> Environment:
    _check_bind("BIND", found.bind)
    _check_bind("METRICS_BIND", found.metrics_bind)
    if found.metrics_port == found.port:
        raise WrongSetting(f"METRICS_PORT is {found.port}, as PORT is: choose another one")
    _check_public_url(found.public_url, proxies)
    _check_hosts(hosts)
    if found.redis_url:
        _check_redis_url(found.redis_url)
    if found.database_url:
        _check_database_url(found.database_url)
    _check_mail(found.email_url, found.email_from, found.public_url)
    _check_machines(found)
    if not found.content_dir.is_dir():
        raise WrongSetting(f"CONTENT_DIR is {str(found.content_dir)!r}: there is no such folder")
    own = (found.data_dir / "content").resolve()
    if found.content_dir.resolve() == own or own in found.content_dir.resolve().parents:
        raise WrongSetting(f"CONTENT_DIR is {str(found.content_dir)!r}: there instructors write; name another folder")
    return Environment(
        **{
            **found.__dict__,
            "data_dir": found.data_dir.absolute(),
            "content_dir": found.content_dir.absolute(),
            "trusted_proxies": proxies,
            "allowed_hosts": hosts or own_hosts(found.bind, found.public_url),
        }
    )


def _check_machines(found: Environment) -> None:
    """Machines have in common what all of them can reach: a broker, a database, and the key that signs cookies."""
    if found.web_machines == 1:
        return
    given = {"REDIS_URL": found.redis_url, "SECRET_KEY": found.secret_key, "DATABASE_URL": found.database_url}
    if missing := [name for name, value in given.items() if not value]:
        raise WrongSetting(f"WEB_MACHINES is {found.web_machines}, so all of them need the same {', '.join(missing)}")
    if not found.database_url.startswith("postgres"):
        raise WrongSetting(f"WEB_MACHINES is {found.web_machines}, so DATABASE_URL must begin with postgres://")


def _long_enough(value: str) -> None:
    if value and len(value) < SHORTEST_KEY:
        raise ValidationError(f"is too short: it needs at least {SHORTEST_KEY} characters")


def _check_bind(name: str, bind: str) -> None:
    try:
        ipaddress.ip_address(bind)
    except ValueError:
        if bind != "localhost":
            raise WrongSetting(f"{name} is {bind!r}: it must be an address like 127.0.0.1 or 0.0.0.0") from None


def _check_public_url(public_url: str, proxies: tuple[Network, ...]) -> None:
    if not public_url:
        return
    try:
        parts = urlsplit(public_url)
        is_good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # brackets that do not close, a port above 65535
        is_good = False
    # The proxy's file has it as the address of the site (deploy/Caddyfile). To Caddy, a path there, were it a slash
    # alone, is the only page that there is: it answers all others with 200 and nothing. A comma begins another address.
    is_whole = is_good and public_url == f"{parts.scheme}://{parts.netloc}"
    if not is_whole or re.search(r"[^\w.:\[\]-]", parts.netloc):
        raise WrongSetting(
            f"PUBLIC_URL is {public_url!r}: it must look like https://learn.example.org, with no slash at its end"
        )
    if parts.scheme == "https" and not proxies:
        # Without a trusted proxy nothing can say that a request came over https, and the redirect to it would loop.
        raise WrongSetting("PUBLIC_URL is https, so TRUSTED_PROXIES must name the proxy that ends TLS (10.0.0.0/8)")


def _check_hosts(hosts: tuple[str, ...]) -> None:
    if wrong := [host for host in hosts if re.search(r"\s", host)]:
        raise WrongSetting(f"ALLOWED_HOSTS has {wrong[0]!r}: names have no white space; separate them by commas")


def _check_redis_url(redis_url: str) -> None:
    """Its text is never shown: there may be a password in it."""
    try:
        parts = urlsplit(redis_url)
        port = parts.port
    except ValueError as error:
        raise WrongSetting(f"REDIS_URL cannot be read: {error}") from None
    if parts.scheme not in {"redis", "rediss", "redis+socket"}:
        raise WrongSetting("REDIS_URL must begin with redis:// or rediss://")
    _check_redis_query(parts)
    if parts.scheme == "redis+socket":
        return
    if port == 0 or not parts.hostname or not re.fullmatch(r"(/[0-9]{0,4})?", parts.path):
        raise WrongSetting("REDIS_URL must look like redis://host:6379/0; the last part is the number of a database")


def _check_redis_query(parts: SplitResult) -> None:
    """Each of kombu and redis-py reads the query in its own way: what one takes, the other may end with an error."""
    known = REDIS_QUERY.get(parts.scheme, frozenset())
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if (parts.query or parts.fragment) and (parts.fragment or not names or names - known):
        allowed = f"may have no other parameters than {', '.join(sorted(known))}" if known else "may have no parameters"
        raise WrongSetting(f"REDIS_URL {allowed} after a question mark, and # in a password must be written %23")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not re.fullmatch("[0-9]{1,4}", given.get("virtual_host", "0")):
        raise WrongSetting("REDIS_URL: virtual_host must be the number of a database")
    if given.get("ssl_cert_reqs", "required") not in {"required", "optional", "none"}:
        raise WrongSetting("REDIS_URL: ssl_cert_reqs must be required, optional or none")
    if not Path(given.get("ssl_ca_certs", "/")).exists():
        raise WrongSetting(f"REDIS_URL: ssl_ca_certs names {given['ssl_ca_certs']!r}, which is not there")


def _check_database_url(database_url: str) -> None:
    try:
        engine = dj_database_url.parse(database_url).get("ENGINE", "")
    except (ValueError, KeyError) as error:
        raise WrongSetting(f"DATABASE_URL cannot be read: {error}") from None
    if engine not in {"django.db.backends.postgresql", "django.db.backends.sqlite3"}:
        raise WrongSetting("DATABASE_URL must begin with postgres:// (or sqlite:///)")


def _check_mail(email_url: str, email_from: str, public_url: str) -> None:
    try:
        if email_url:
            mail.server_of(email_url)
    except ValueError as error:
        raise WrongSetting(f"EMAIL_URL {error}") from None
    if email_from and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>", email_from):
        raise WrongSetting(f"EMAIL_FROM is {email_from!r}: it must be an address, like offload@example.org")
    if email_url and not email_from:
        raise WrongSetting("EMAIL_URL is set, so EMAIL_FROM must say from whom mail comes, like offload@example.org")
    if email_url and not public_url:
        # Who asks for a mail would otherwise say where its link leads: to another port of this machine, for one.
        raise WrongSetting(
            "EMAIL_URL is set, so PUBLIC_URL must say where links in mail lead: https://learn.example.org"
        )


def _networks(proxies: list[str]) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(proxy.strip(), strict=False) for proxy in proxies)
    except ValueError as error:
        raise WrongSetting(f"TRUSTED_PROXIES must be addresses or networks, separated by commas: {error}") from None
