"""The background worker: each town in its own transaction, one failure harms nobody else."""

import threading
from datetime import datetime

from yichuang.cli import worker
from yichuang.cli.worker import Round
from yichuang.config import health
from yichuang.ground import towns
from yichuang.ground.towns import Town


def found(key):
    return Town.objects.create(key=key, name=f"{key}镇", hall_name="大厅")


def test_a_sweep_runs_once_for_each_town_within_it(committed):
    ours = {found("sweep-a").pk, found("sweep-b").pk}
    seen = []
    worker.run(Round("看一遍", 1, lambda now: seen.append((towns.current_id(), now))))
    assert ours <= {town for town, _ in seen}
    assert len(seen) == len({town for town, _ in seen}) == Town.objects.count()
    assert all(isinstance(now, datetime) and now.tzinfo for _, now in seen)


def test_what_fails_for_one_town_is_done_for_the_others_and_leaves_nothing_half_done(committed):
    bad, good = found("sweep-bad"), found("sweep-good")

    def rename(now):
        town = towns.current()
        town.phone = "0000"
        town.save()
        if town.pk == bad.pk:
            raise ValueError("on purpose")

    worker.run(Round("改电话", 1, rename))
    assert Town.objects.get(pk=bad.pk).phone == ""
    assert Town.objects.get(pk=good.pk).phone == "0000"


def test_it_shows_that_it_is_alive_and_ends_when_told(committed):
    health.heartbeat_file().unlink(missing_ok=True)
    assert health.worker_state() == "absent"
    ending = threading.Event()
    times = []

    def count(now):
        times.append(now)
        if len(times) > 2 * Town.objects.count():
            ending.set()

    found("sweep-alive")
    worker.work([Round("数一数", 0.01, count)], ending)
    assert health.worker_state() == "ok"


def test_every_registered_sweep_has_a_name_a_time_and_a_function():
    rounds = worker.registered()
    assert len({each.name for each in rounds}) == len(rounds)
    assert all(each.every_seconds > 0 and callable(each.function) for each in rounds)
    assert any(each.function.__module__.startswith("yichuang.ground") for each in rounds)
