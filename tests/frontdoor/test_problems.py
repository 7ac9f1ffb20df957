import json

from django.test import Client, RequestFactory

from frontdoor.problems import problem


def test_a_program_gets_problem_json(rf: RequestFactory):
    answer = problem(rf.get("/"), 503, "Full", "Wait a little.", retry_after=3)
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Full",
        "status": 503,
        "detail": "Wait a little.",
        "retry_after": 3,
    }
    assert answer["Retry-After"] == "3"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Vary"].startswith("HX-Request, Accept")


def test_htmx_gets_a_fragment_with_the_status(rf: RequestFactory):
    answer = problem(rf.get("/", headers={"hx-request": "true"}), 422, "No", "Not <that>.")
    assert answer.status_code == 422
    assert "Not &lt;that&gt;." in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_browser_gets_a_page(rf: RequestFactory):
    answer = problem(rf.get("/", headers={"accept": "text/html"}), 404, "Nothing here", "Really.")
    assert "<html" in answer.content.decode()


def test_an_error_in_a_view_is_a_page_without_a_traceback(client: Client, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr("lessons.views.prepared", broken)
    client.raise_request_exception = False
    answer = client.get("/", headers={"accept": "text/html"})
    assert answer.status_code == 500
    assert "That broke" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_a_host_that_is_not_ours_is_400(client: Client):
    answer = client.get("/", headers={"host": "elsewhere.example", "accept": "text/html"})
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()
