"""What is kept about a learner is known to "My data" and to merging, all of it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import ForeignKey

from learners.models import Learner
from learners.personal_data import personal_data, register_personal_data
from learners.rooms import register_room, rooms

# An account is no thing that a learner did. Whose it is, is decided in learners/accounts.py.
NOT_MERGED = {"learners.Account"}


def test_every_relation_to_a_learner_is_registered():
    related = {relation.related_model._meta.label for relation in Learner._meta.related_objects}
    assert related - NOT_MERGED == {data.model._meta.label for data in personal_data.values()}


def test_each_kind_has_a_name_a_title_and_a_sentence():
    for name, data in personal_data.items():
        assert name == data.name
        assert data.title
        assert data.says.endswith(".")
        assert isinstance(data.model._meta.get_field("learner"), ForeignKey)


@pytest.mark.parametrize(
    ("register", "add"),
    [(personal_data, register_personal_data), (rooms, register_room)],
    ids=["data", "rooms"],
)
def test_a_name_is_registered_once(register, add):
    name, thing = next(iter(register.items()))
    with pytest.raises(ImproperlyConfigured, match=f"“{name}” is registered twice"):
        add(thing)
    assert register[name] is thing
