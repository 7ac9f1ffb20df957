import re

import brotli
import pytest
from django.test import Client

from lessons.pages import best_encoding, prepare

URL = "/lessons/defining-tasks/performance/"


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("", "identity"),
        ("identity", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("BR", "br"),
    ],
)
def test_the_best_encoding_that_the_browser_takes_is_used(accepted: str, best: str):
    assert best_encoding(accepted) == best


def test_the_etag_is_a_hash_of_the_bytes_and_so_the_same_in_every_process():
    first, second = prepare("<p>one</p>"), prepare("<p>one</p>")
    etags = [variant.etag for variant in first.variants.values()]
    assert etags == [variant.etag for variant in second.variants.values()]
    assert len(set(etags)) == 3


def test_a_lesson_sets_no_cookie_and_asks_no_database(client: Client):
    # Without pytest-django's `db`, a query would be an error.
    answer = client.get(URL)
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["Vary"] == "Accept-Encoding"


def test_the_same_page_is_sent_in_brotli_when_that_is_accepted(client: Client):
    plain, packed = client.get(URL), client.get(URL, headers={"accept-encoding": "br"})
    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]


@pytest.mark.parametrize("known", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
def test_a_browser_that_has_the_page_gets_304(client: Client, known: str):
    etag = client.get(URL)["ETag"]
    answer = client.get(URL, headers={"if-none-match": known.format(etag=etag)})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


def test_a_browser_that_has_an_older_page_gets_the_new_one(client: Client):
    assert client.get(URL, headers={"if-none-match": '"older"'}).status_code == 200


def test_the_lesson_opens_in_its_first_mode(client: Client):
    assert client.get("/lessons/defining-tasks/").content == client.get(URL).content


@pytest.mark.parametrize(
    "path", ["/lessons/nothing/", "/lessons/defining-tasks/nothing/", "/lessons/defining-tasks/quiz/"]
)
def test_a_lesson_or_mode_that_does_not_exist_is_404(client: Client, path: str):
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()


def test_the_home_page_leads_to_the_lesson(client: Client):
    assert 'href="/lessons/defining-tasks/"' in client.get("/").content.decode()


def test_the_page_holds_no_inline_script_or_style(client: Client):
    html = client.get(URL).content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html


def test_a_page_names_the_style_sheets_that_its_blocks_need_each_once_behind_that_of_every_page(client: Client):
    sheets = {
        "/": ["site"],
        "/lessons/defining-tasks/recall/": ["site", "quiz", "review"],
        URL: ["site", "quiz", "stopwatch", "demos", "charts"],
    }
    for path, names in sheets.items():
        html = client.get(path).content.decode()
        assert re.findall(r'<link rel="stylesheet" href="/static/css/(\w+)\.css">', html) == names
