import gzip

from django.test import Client

LESSON = "/lessons/defining-tasks/performance/"
PREDICTIONS = "/quiz/defining-tasks/predictions/"
HTMX = {"hx-request": "true"}


def test_a_fragment_is_sent_compressed_to_who_takes_it(client: Client):
    plain = client.get(PREDICTIONS, headers=HTMX)
    packed = client.get(PREDICTIONS, headers={**HTMX, "accept-encoding": "gzip, deflate, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert b'id="prediction-' in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2
    assert packed["Vary"] == "HX-Request, Accept, Accept-Encoding"


def test_a_page_that_comes_compressed_is_not_compressed_again(client: Client):
    assert client.get(LESSON, headers={"accept-encoding": "gzip, br"})["Content-Encoding"] == "br"


def test_what_is_polled_is_not_compressed(client: Client):
    answer = client.get("/demos/celery/", headers={"accept": "text/html", "accept-encoding": "gzip"})
    assert len(answer.content) > 1000
    assert "Content-Encoding" not in answer
