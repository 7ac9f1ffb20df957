"""What the configuration of Celery promises, checked where it would otherwise only show when a run waits for ever."""

import pytest

from config.celery import app

# What goes to the default queue, without a route of its own: it is no part of what is measured.
BY_DEFAULT = {"learners.reset_mail"}


@pytest.fixture(scope="module")
def tasks():
    app.loader.import_default_modules()
    return [name for name in app.tasks if not name.startswith("celery.")]


def test_every_task_names_a_queue_that_a_worker_takes(tasks):
    assert tasks
    known = {queue.name for queue in app.conf.task_queues}
    for task in tasks:
        assert task in app.conf.task_routes or task in BY_DEFAULT, f"{task} is in no route (config/celery.py)"
        assert app.conf.task_routes.get(task, {"queue": app.conf.task_default_queue})["queue"] in known


def test_every_route_belongs_to_a_task(tasks):
    assert set(app.conf.task_routes) | BY_DEFAULT == set(tasks)


def test_a_task_for_an_unknown_queue_is_refused_and_not_published():
    with pytest.raises(KeyError):  # QueueNotFound is one
        app.amqp.router.route({"queue": "nowhere"}, "demos.report")


def test_only_json_is_taken_and_nothing_keeps_results():
    assert app.conf.accept_content == ["json"]
    assert not app.conf.result_backend
    assert app.conf.task_ignore_result


def test_every_wait_for_the_broker_is_bounded():
    options = app.conf.broker_transport_options
    assert options["socket_timeout"] + options["socket_connect_timeout"] <= 1
    assert app.conf.task_publish_retry_policy["max_retries"] == 0
