import pytest

from demos.bulkhead import Bulkhead, Full


def test_there_are_so_many_places_and_no_queue():
    bulkhead = Bulkhead(2)
    with bulkhead.place(), bulkhead.place(), pytest.raises(Full, match="Every place"), bulkhead.place():
        pass


def test_a_place_is_free_again_also_after_an_error():
    bulkhead = Bulkhead(1)
    with pytest.raises(ZeroDivisionError), bulkhead.place():
        _ = 1 / 0
    with bulkhead.place():
        pass
