"""The lesson names what a reader finds in the Network panel: those names must be what the endpoints really send."""

import re

from tests.browser.reader import LESSON
from tests.running import RunningSite


def test_the_network_panel_shows_the_names_that_the_lesson_gives(site: RunningSite):
    walk = site.get(LESSON).text.partition('id="see-it-in-devtools"')[2].partition("<pre")[0]
    named = set(re.findall(r"<code>([^<]+)</code>", walk))
    blocking = site.get("/demos/blocking/?seconds=0")
    background = site.post("/demos/celery/", {"seconds": "0"})
    timings = {str(answer.headers["Server-Timing"]).partition(";")[0] for answer in (blocking, background)}
    assert timings == {"work", "publish"}
    assert timings <= named
    assert background.status == 202
    assert "status 202" in re.sub(r"\s+", " ", walk)
    assert {"?seconds=3&amp;…", "celery/", "/demos/blocking/?seconds=3"} <= named
    assert re.fullmatch(r"/demos/runs/[^/]+/", str(background.headers["Location"]))
