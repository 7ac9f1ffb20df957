"""DATABASE_URL with a real PostgreSQL (tests/integration/conftest.py)."""

import re
from concurrent.futures import ThreadPoolExecutor


def test_the_site_keeps_its_data_in_postgresql(start_site, postgresql):
    site = start_site(DATABASE_URL=postgresql)
    assert site.get("/readyz").json() == {"database": "ok", "broker": "ok"}
    assert "[X]" in site.manage("showmigrations", "learners")
    assert "[ ]" not in site.manage("showmigrations")

    page = site.get("/quiz/defining-tasks/", {"Accept": "text/html"}).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    name, value = re.findall(r'<input type="(?:radio|checkbox)" name="(\w+)" value="(\w+)"', page)[0]
    answered = site.post("/quiz/defining-tasks/answer/", {**form, name: value}, {"Accept": "text/html"})
    assert answered.status == 303, answered.text
    cookie = answered.headers["Set-Cookie"].split(";")[0]
    again = site.get("/quiz/defining-tasks/", {"Accept": "text/html", "Cookie": cookie}).text
    assert again != page


def test_measurements_and_predictions_are_kept_there_too_and_a_receipt_counts_once(start_site, postgresql):
    site = start_site(DATABASE_URL=postgresql)
    asked = site.get("/quiz/defining-tasks/predictions/").json()["predictions"][0]
    choice = {f"choice-{asked['question']}": "1", f"version-{asked['question']}": asked["version"]}
    predicted = site.post("/quiz/defining-tasks/predictions/", choice)
    assert predicted.json()["predictions"][0]["predicted"] == "sooner", predicted.text
    cookie = {"Cookie": predicted.headers["Set-Cookie"].split(";")[0]}

    run = site.post("/demos/blocking/", {"seconds": "0.2"}, cookie).json()
    figures = {"case": "blocking", "click-to-answer": "230", "click-to-report": "230", "receipt": run["receipt"]}
    with ThreadPoolExecutor(10) as many:
        posts = [many.submit(site.post, "/stopwatch/measurements/", figures, cookie) for _ in range(10)]
    assert sorted(post.result().status for post in posts) == [201, *[409] * 9]

    drawn = site.get("/stopwatch/defining-tasks/performance/", cookie)
    assert (drawn.status, "230" in drawn.text) == (200, True)
    # The run decides this prediction, so it cannot be changed any more.
    changed = site.post("/quiz/defining-tasks/predictions/", {**choice, f"choice-{asked['question']}": "2"}, cookie)
    assert changed.status == 409
    assert site.get("/quiz/defining-tasks/predictions/", cookie).json()["predictions"][0]["predicted"] == "sooner"
