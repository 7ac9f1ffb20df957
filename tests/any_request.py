"""Every address of the site, and what somebody may send there who means no good: as the web server would hand it over.

Django's own test client makes its requests by itself, so what goes wrong while one is made would not be seen.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from frontdoor.entrance import Entrance

# What parts of an address are, so that a view finds something.
PARTS = {
    "lesson": "one", "slug": "one", "mode": "learn", "path": "one/quiz.md", "name": "bystanders", "run_id": "a" * 22,
    "pk": "1", "question_id": "who-runs", "table": "options", "key": "MQ", "token": "x-y", "secret": "s" * 43,
}  # fmt: skip
# All fields that any view looks for.
FIELDS = """
question version visitor newcomer go attempt option move carried cookies choice-single do at told sent receipt page
case lesson kind item number rating done after turned by name email password again current join offered next time_zone
text base why slug title remove withdraw format file picture replace seen place beside what prompt answer key
""".split()  # noqa: SIM905 - a list of so many is harder to read

LONG = "x" * 300
TEXTS = ["", "\0", "a\0b", LONG, "9" * 60, "-1", "\u0663", "\u2028", "ﷺ", "\ud800", "on"]


@dataclass(frozen=True)
class Sent:
    """A request: what is left out is as nothing."""

    method: str = "GET"
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Got:
    """The whole response."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def addresses() -> list[tuple[str, dict[str, str]]]:
    """Every address of the site, with places for its parts, and the parts by their names."""
    return sorted(_below(get_resolver().url_patterns, ""), key=lambda found: found[0])


def _below(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, dict[str, str]]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, route)
        elif route.startswith("^"):  # the one that is a regular expression (lessons/urls.py)
            yield "/lessons/{slug}/{name}", {"slug": "one", "name": "a.png"}
        else:
            names = re.findall(r"<(?:\w+:)?(\w+)>", route)
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), {name: PARTS[name] for name in names}


def ask(site: Entrance, path: str, sent: Sent, cookies: Mapping[str, str] | None = None) -> Got:
    """Send a request to the site. The path is as WSGI has it: each byte as one character."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": sent.method, "PATH_INFO": path, "QUERY_STRING": sent.query, "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(sent.body),
        "wsgi.errors": io.StringIO(), "wsgi.version": (1, 0),
    }  # fmt: skip
    if sent.body:
        environ["CONTENT_LENGTH"] = str(len(sent.body))
    if sent.content_type:
        environ["CONTENT_TYPE"] = sent.content_type
    if cookies:
        environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        environ["HTTP_X_CSRFTOKEN"] = cookies.get("offload_form", "")
    environ |= sent.headers or {}
    begun: list[tuple[int, dict[str, str]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        begun.append((int(status.split(maxsplit=1)[0]), dict(headers)))
        return lambda _: None  # WSGI has a way to write by it, of which Django makes no use

    response = site(environ, start_response)
    try:
        [(status, headers)] = begun
        return Got(status, headers, b"".join(response))
    finally:
        response.close()


def form(**fields: object) -> Sent:
    """Fields as a form sends them. A lone surrogate goes out as its bytes would."""
    body = urlencode(fields, doseq=True, errors="surrogatepass").encode()
    return Sent("POST", body=body, content_type="application/x-www-form-urlencoded")


def parts(*parts: bytes, boundary: str = "x") -> Sent:
    """A form of many parts, each with its own head."""
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return Sent("POST", body=body, content_type=f"multipart/form-data; boundary={boundary}")


def file(name: str, head: bytes = b"") -> bytes:
    """A part that is a file."""
    return f'Content-Disposition: form-data; name="{name}"; filename="a.txt"'.encode() + head + b"\r\n\r\n=a"


def strange_requests() -> dict[str, Sent]:
    """What no view should stumble over, by a name: bodies, fields and methods."""
    head = b'Content-Disposition: form-data; name="seconds"'
    found = {
        "rot13": Sent(query="a=b", content_type="text/plain; charset=rot13"),
        "unknown encoding": Sent(query="a=b", content_type="text/plain; charset=nonsense"),
        "encoding by RFC 2231": Sent(query="a=b", content_type="text/plain; charset*=idna''%ff"),
        "a type whose parameter has parts without numbers": Sent(content_type="a/b; x*=utf-8''x; x*0=y"),
        "a boundary of such parts": Sent("POST", "", b"--x--", "multipart/form-data; boundary*=utf-8''x; boundary*0=y"),
        "many parameters": Sent(query="a=b&" * 1001),
        "many parameters and an encoding": Sent(query="a=b&" * 1001, content_type="text/plain; charset=utf-8"),
        "many fields": Sent("POST", "", b"a&" * 1001, "application/x-www-form-urlencoded"),
        "broken escapes": Sent(query="a=%&b=%zz&%=%u1234&c=%ff&d=%ed%a0%80"),
        "long address": Sent(query="a=" + "b" * 60_000),
        "no fields": Sent("POST"),
        "no form": Sent("POST", "", b"\x00{", "application/json"),
        "bytes that are no text": Sent("POST", "", b"\xff=\xfe&text=\xed\xa0\x80", "application/x-www-form-urlencoded"),
        "no boundary": Sent("POST", "", b"--x", "multipart/form-data"),
        "empty boundary": Sent("POST", "", b"--x", "multipart/form-data; boundary="),
        "odd boundary": Sent("POST", "", b"--x", "multipart/form-data; boundary=\xff"),
        "long boundary": Sent("POST", "", b"--x", f"multipart/form-data; boundary={LONG}"),
        "nothing within the boundary": Sent("POST", "", b"--x--", "multipart/form-data; boundary=x"),
        "part in another encoding": parts(head + b"\r\nContent-Type: text/plain; charset=rot13\r\n\r\n3"),
        "name in another encoding": parts(b"Content-Disposition: form-data; name*=nonsense''a\r\n\r\n3"),
        "name in punycode": parts(b"Content-Disposition: form-data; name*=idna''%ff\r\n\r\n3"),
        "name of parts without numbers": parts(head + b"; a*=1; a*0=2\r\n\r\n3"),
        "base64 that is none": parts(head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff="),
        "file of such base64": parts(file("a", b"\r\nContent-Transfer-Encoding: base64")),
        "many files": parts(*[file("a")] * 101),
        "files for fields": parts(*map(file, ("seconds", "text", "name", "question"))),
        "a length that is none": Sent("POST", headers={"CONTENT_LENGTH": "٣"}),
        "a length of 5,000 digits": Sent("POST", headers={"CONTENT_LENGTH": "9" * 5000}),
        "chunks": Sent("POST", headers={"HTTP_TRANSFER_ENCODING": "chunked"}),
    }  # fmt: skip
    for text in TEXTS:
        query = urlencode(dict.fromkeys(FIELDS, text[:60]), errors="surrogatepass")
        found[f"in the address {text[:9]!r}"] = Sent(query=query)
        found[f"in fields {text[:9]!r}"] = form(**dict.fromkeys(FIELDS, text[:60]))
        found[f"in all fields but which button {text[:9]!r}"] = form(**(dict.fromkeys(FIELDS, text[:60]) | NO_BUTTONS))
        found[f"in the field of another form {text[:9]!r}"] = form(remove=text[:60])
    for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"):
        found[method] = Sent(method)
    return found


def strange_headers() -> dict[str, Sent]:
    """Headers of which nothing can be made, by a name."""
    found = {}
    for header, values in {
        "HTTP_COOKIE": [
            r'offload_session="\000\000\000\000\000\000\000\000"; offload_learner="\000"; offload_form="\000"',
            f"offload_session={'a' * 5000}; offload_learner={'a' * 32}:b:c; offload_form={'é' * 32}",
            ";;=;=a;a", "\xff\xfe=\xed\xa0\x80; offload_session=\xed\xa0\x80\xed\xa0\x80\xed\xa0\x80",
        ],
        "HTTP_HOST": ["", "elsewhere.example", "[::1", "a:b:c", "testserver:99999", "\xff"],
        "HTTP_ACCEPT": ["text/html;q=x,,;", "\xff", "*/*;" * 900],
        "HTTP_ACCEPT_ENCODING": ["gzip;q=,br;q=-1,;*", "\xff"],
        "HTTP_IF_NONE_MATCH": ['W/"', '"\xff', ",,*", '"' * 900],
        "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Mon, 99 Foo 99999 99:99:99 GMT", "0", "Thu, 01 Jan 1970 +999999"],
        "HTTP_RANGE": ["bytes=9-1", "bytes=-", "bytes=" + "9" * 5000 + "-", "\xff"],
        "HTTP_X_FORWARDED_FOR": ["\xff,,;", "127.0.0.1, [::1]:x"],
        "HTTP_ORIGIN": ["null", "http://[", "\xff"],
        "HTTP_REFERER": ["null", "http://[", "\xff", "http://testserver:x/"],
        "HTTP_SEC_FETCH_SITE": ["\xff"],
        "HTTP_HX_REQUEST": ["\xff"], "HTTP_HX_CURRENT_URL": ["http://[", "\xff"],
        "HTTP_X_CSRFTOKEN": ["\xff" * 32, "a" * 64],
    }.items():  # fmt: skip
        for value in values:
            for method in ("GET", "POST"):
                found[f"{method} with {header} {value[:20]!r}"] = Sent(method, headers={header: value})
    return found


# With these, a view that has several forms on its page takes the other one.
NO_BUTTONS: dict[str, object] = dict.fromkeys(("move", "remove", "withdraw", "do", "cookies", "carried"), "")

STRANGE_PARTS = [
    "\0",
    "a\0b",
    "\xff",
    "\xed\xa0\x80",
    "..",
    "../..",
    "%00",
    "9" * 400,
    "a" * 3000,
    " ",
    "\n",
    "é".encode().decode("latin-1"),
]


def strange_paths() -> list[str]:
    """Addresses with a part that is none, and some that are nothing at all."""
    found = [
        "//",
        "//elsewhere.example/",
        "/\0",
        "/\xff",
        "/..",
        "/lessons/\0/",
        "/static/\0",
        "/static/../a",
        "/static/\xff",
        "/a b",
        "",
        "*",
    ]
    for route, named in addresses():
        for name in named:
            found += [route.format(**(named | {name: part})) for part in STRANGE_PARTS]
        found.append(route.format(**named).removesuffix("/"))
    return found


def shown(path: str) -> str:
    """A path as a line of text has it."""
    return quote(path[:80], encoding="latin-1")
