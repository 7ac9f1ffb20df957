import time
import uuid

import pytest
from django.core import signing

from stopwatch import receipts
from stopwatch.receipts import Forged, owner_mark, read, sign
from tests.stopwatch.conftest import receipt_of


def test_a_receipt_comes_back_as_it_was_signed():
    given = receipt_of(uuid.uuid4(), demo="celery", figures={"held": 3.4, "ran": 3001.0}, at_most=("queue-wait",))
    found = read(sign(given))
    assert (found.run, found.demo, found.owner, found.seconds) == (given.run, "celery", given.owner, 3.0)
    assert found.figures == given.figures
    assert found.at_most == given.at_most
    assert found.began == pytest.approx(given.began, abs=0.001)
    assert (found.by_visitor, read(sign(receipt_of(by_visitor=True))).by_visitor) == (False, True)


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", signing.dumps(["run"], salt="another")], ids=range(4))
def test_what_was_not_signed_here_is_no_receipt(forged: str):
    with pytest.raises(Forged):
        read(forged)


def test_a_changed_receipt_is_no_receipt():
    text = sign(receipt_of())
    with pytest.raises(Forged):
        read(("A" if text[0] != "A" else "B") + text[1:])


def test_a_receipt_of_an_old_run_is_none_however_lately_it_was_signed():
    almost = time.time() - receipts.GOOD_FOR + 60
    assert read(sign(receipt_of(began=almost))).began == pytest.approx(almost, abs=0.001)
    with pytest.raises(Forged, match="15 minutes"):
        read(sign(receipt_of(began=almost - 61)))


def test_a_receipt_does_not_name_its_learner():
    learner = uuid.uuid4()
    held = signing.loads(sign(receipt_of(learner)), salt=receipts.SALT)
    assert learner.hex not in str(held)
    assert str(learner) not in str(held)
    assert owner_mark(learner) != owner_mark(uuid.uuid4())
