"""Every text is read in time as its length: of what is eight times as long, it takes 16 times at most."""

import gc
import time
from collections.abc import Iterator

import pytest

from config.environment import ROOT
from lessons.catalog import catalog
from teach.checking import held_against_content
from tests.costly_texts import CONSTRUCTS, Construct

SHORT, LONG = 1_500, 12_000  # bytes
MOST = 16  # times the seconds: the square would be 64
SLACK = 0.2  # seconds, which a machine may lose to something else


@pytest.fixture(scope="module", autouse=True)
def content() -> Iterator[None]:
    """The course as it is shipped, read once."""
    catalog.cache_clear()
    catalog()
    yield
    catalog.cache_clear()


def seconds(construct: Construct, size: int) -> float:
    text = construct.text(size)
    gc.disable()  # to look once through all that other tests have left takes a third of a second
    try:
        began = time.process_time()
        held_against_content(f"defining-tasks/{construct.filename}", text)
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda construct: construct.name)
def test_a_text_is_read_in_time_as_its_length(construct: Construct):
    # Paragraphs that are as long as they may be cost more than short ones, whatever the length of the text.
    bound = 1.0 if construct.is_filled else MOST * seconds(construct, SHORT) + SLACK
    assert seconds(construct, LONG) < bound


def test_our_own_content_is_within_the_bounds():
    for path in ROOT.glob("content/*/*.md"):
        found = held_against_content(str(path.relative_to(ROOT / "content")), path.read_text())
        assert found.errors == ()
