"""Starting and stopping: of each process here, and of the whole site by `python -m config.run`."""


def test_the_three_processes_answer(site):
    assert site.get("/healthz").status == 200
    with site.valkey() as valkey:
        assert valkey.ping()
    assert " ready." in site.worker.log


def test_each_process_can_be_broken_alone_and_comes_back(own_site):
    own_site.broker.kill()
    assert not own_site.broker.is_running
    assert own_site.get("/healthz").status == 200
    own_site.broker.start()
    own_site.worker.kill()
    own_site.worker.start()
    own_site.web.pause()
    own_site.web.resume()
    assert own_site.get("/healthz").status == 200
    assert own_site.web.stop() == 0
    own_site.web.start()
    assert own_site.get("/healthz").status == 200
