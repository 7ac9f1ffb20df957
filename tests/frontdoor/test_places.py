"""Places: in one process, and in several that have them in common."""

import shutil
from pathlib import Path

import pytest

from frontdoor.in_common import Away
from frontdoor.places import Places
from tests.frontdoor.in_common import another_process, end, having_in_common


@pytest.fixture(params=["one process alone", "in common"])
def somewhere(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "in common":
        with having_in_common(tmp_path):
            yield
    else:
        yield


@pytest.mark.usefixtures("somewhere")
def test_a_place_that_is_given_back_is_free_and_its_address_forgotten():
    places = Places("bodies", total=2, share=1)
    taken = {who: places.take(who) for who in ("ada", "grace", "joan")}
    assert [place is not None for place in taken.values()] == [True, True, False]
    assert places.take("ada") is None
    for place in taken.values():
        if place:
            places.give_back(place)
    assert not places._held
    assert places.take("joan")


@pytest.mark.parametrize("in_the_way", [True, False], ids=["a folder in place of the file", "no folder"])
def test_without_the_file_of_the_places_each_process_counts_for_itself(tmp_path: Path, in_the_way: bool):
    with having_in_common(tmp_path / "web"):
        if in_the_way:
            (tmp_path / "web" / "bodies.places").mkdir()
        else:
            shutil.rmtree(tmp_path / "web")
        places = Places("bodies", total=2, share=1)
        taken = places.take("ada")
        assert taken
        assert places.take("ada") is None
        places.give_back(taken)
        assert places.take("ada")


def take_two(folder: Path) -> None:
    with having_in_common(folder):
        places = Places("bodies", total=4, share=3)
        assert all(places.take("ada") for _ in range(2))


def test_what_another_process_holds_is_taken_here_too_by_all_and_by_an_address(tmp_path: Path):
    places = Places("bodies", total=4, share=3)
    with another_process(lambda: take_two(tmp_path)), having_in_common(tmp_path):
        mine = places.take("ada")
        assert mine
        assert places.take("ada") is None  # her share, though there is a place
        assert places.take("grace")
        assert places.take("joan") is None  # there is none
        places.give_back(mine)
        assert places.take("joan")


def test_a_process_that_is_killed_keeps_no_place(tmp_path: Path):
    places = Places("bodies", total=2)
    with another_process(lambda: take_two(tmp_path)) as pid, having_in_common(tmp_path):
        assert places.take() is None
        end(pid)
        assert places.take()


class Leases:
    """What several machines have in common, in this process."""

    def __init__(self) -> None:
        self.is_away = False
        self.taken: list[str] = []

    def count(self, keys: list[str], window: int) -> tuple[list[int], float]:
        raise NotImplementedError

    def take(self, name: str, places: int, _seconds: float) -> str | None:
        if self.is_away:
            raise Away
        if len(self.taken) >= places:
            return None
        self.taken.append(f"{name} {len(self.taken)}")
        return self.taken[-1]

    def give_back(self, _name: str, place: str) -> None:
        self.taken.remove(place)


def test_several_machines_have_the_places_in_common_that_are_leased(tmp_path: Path):
    leases, places = Leases(), Places("blocking", total=3, lease=20)
    leases.taken += ["another machine's"]
    with having_in_common(tmp_path, machines=2, store=leases):
        mine = [places.take() for _ in range(3)]
        assert [place is not None for place in mine] == [True, True, False]
        assert mine[0]
        places.give_back(mine[0])
        assert len(leases.taken) == 2
        assert places.take()


def test_without_their_store_each_machine_has_its_part(tmp_path: Path):
    leases, places = Leases(), Places("blocking", total=3, lease=20)
    leases.is_away = True
    with having_in_common(tmp_path, machines=2, store=leases):
        assert [places.take() is not None for _ in range(3)] == [True, True, False]


def test_what_is_not_leased_is_divided_among_machines(tmp_path: Path):
    places = Places("bodies", total=4, share=3)
    with having_in_common(tmp_path, machines=2, store=Leases()):
        assert [places.take("ada") is not None for _ in range(3)] == [True, True, False]
        assert places.take("grace") is None
