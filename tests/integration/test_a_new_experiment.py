"""An experiment is a folder and a line in EXPERIMENTS: with those two, a site has it in every way."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.environment import ROOT
from tests.running import RunningSite
from tests.running_process import wait_until

pytestmark = pytest.mark.xdist_group("a site with a new experiment")

PAGE = "/demos/experiments/naps/"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[RunningSite]:
    """A site from a copy of this project to which one more experiment was added."""
    tree = tmp_path_factory.mktemp("tree") / "offload"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".*", "var", "tests", "__pycache__"))
    shutil.copytree(Path(__file__).parent / "naps", tree / "demos" / "experiments" / "naps")
    the_list = tree / "demos" / "experiments" / "__init__.py"
    the_list.write_text(the_list.read_text().replace("EXPERIMENTS = (\n", 'EXPERIMENTS = (\n    "naps",\n'))

    class OfTheTree(RunningSite):
        root = tree

    running = OfTheTree(tmp_path_factory.mktemp("site"), prepared)
    try:
        running.start()
        yield running
    finally:
        running.end()


def test_its_page_says_what_it_does_and_lets_one_choose(site: RunningSite):
    page = site.get(PAGE, HTML).text
    assert "How long does a nap take?" in page
    assert 'name="naps" value="2" checked' in page
    assert 'name="length" value="100"' in page
    assert "sleep" in page
    assert "Not recorded yet." in page
    assert "Naps" in site.get("/demos/experiments/", HTML).text


def test_it_is_run_from_its_page_and_the_run_has_a_page_of_its_own(site: RunningSite):
    accepted = site.post(PAGE, {"naps": "3", "place": "naps"}, HTML)
    assert accepted.status == 303
    path = accepted.headers["Location"]
    wait_until(lambda: site.state_of(path) == "succeeded", "it is done", 10)
    page = site.get(path, HTML).text
    assert "3 naps were taken." in page
    assert "Chosen: Naps: 3, Length: 100 ms." in page
    own = site.get(PAGE, {**HTML, "Cookie": accepted.headers["Set-Cookie"].split(";")[0]}).text
    assert re.search(r"Your last 1 run, .*<td>3</td><td>100 ms</td>", own, re.DOTALL)


def test_it_is_run_by_programs_and_refuses_in_words_what_cannot_be_chosen(site: RunningSite):
    refused = site.post(PAGE, {"naps": "4"})
    assert (refused.status, refused.json()["detail"]) == (422, "Naps takes one of 1, 2, 3.")
    accepted = site.post(PAGE, {"length": "60"}).json()
    assert accepted["knobs"] == {"naps": 2, "length": 60}
    run = wait_until(lambda: (now := site.get(accepted["url"]).json())["state"] == "succeeded" and now, "it is done")
    assert run["figures"]["longest"] >= 60
    assert len(run["measured"]) == 2


def test_it_is_run_from_the_command_line(site: RunningSite):
    told = json.loads(site.manage("experiment", "naps", "--naps", "1", "--json"))
    assert (told["state"], told["knobs"]["naps"], len(told["measured"])) == ("succeeded", 1, 1)
    words = site.manage("experiment", "naps", "--length", "50")
    assert "Naps: 2, Length: 50 ms." in words
    assert "2 naps were taken." in words
    assert re.search(r"^Longest nap +\d+ ms$", words, re.MULTILINE)
