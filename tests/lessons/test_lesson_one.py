"""The code that lesson one gives away must work, and the page must keep its order."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

PAGE = Path(settings.BASE_DIR) / "content/defining-tasks/performance.md"


@pytest.mark.django_db
def test_the_middleware_for_the_readers_own_site_works(rf: RequestFactory):
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(), flags=re.DOTALL)[-1]
    scope: dict[str, object] = {}
    exec(compile(code, "server_timing.py", "exec"), scope)

    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse("done")

    answer = scope["server_timing"](view)(rf.get("/"))  # type: ignore[operator]
    found = re.fullmatch(r"total;dur=([\d.]+), db;dur=([\d.]+)", answer["Server-Timing"])
    assert found
    assert float(found[1]) >= float(found[2]) >= 0


def test_no_verdict_stands_before_the_demo():
    before = PAGE.read_text().split("/// demo")[0].lower()
    for word in ("avoid", "recommended", "bottleneck", "blocks", "3,061", "3,006", "16 ms"):
        assert word not in before


def test_the_parts_come_in_the_order_that_gives_no_answer_away():
    marks = ["/// samples", "/// predict", "/// demo", "/// verdicts", "/// comparison", "/// pipeline", "/// claim",
             "## See it in DevTools", "/// tips", "/// quiz"]  # fmt: skip
    text = PAGE.read_text()
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
