import random
import threading
from datetime import date

import pytest
from django.db import connection, transaction

from yichuang.ground import numbers, towns
from yichuang.ground.models import Counter, Town

DAY = date(2026, 11, 23)


@pytest.fixture
def town(db):
    town = Town.objects.create(key="numbers", name="数镇", hall_name="数镇便民服务中心")
    with towns.within(town):
        yield town


def test_a_case_number_shows_its_day():
    assert numbers.case_number(DAY, 231) == "20261123-0231"
    assert numbers.case_number(DAY, 12345) == "20261123-12345"
    with pytest.raises(ValueError, match="begin with 1"):
        numbers.case_number(DAY, 0)


def test_numbers_begin_anew_each_day_and_for_each_name(town):
    taken = [numbers.next_number("case", DAY) for _ in range(3)]
    assert taken == [1, 2, 3]
    assert numbers.next_number("receipt", DAY) == 1
    assert numbers.next_number("case", date(2026, 11, 24)) == 1
    assert numbers.next_number("case", DAY) == 4


def test_a_number_rolled_back_is_given_to_the_next(town):
    with pytest.raises(RuntimeError, match="no paper"), transaction.atomic():
        assert numbers.next_number("case", DAY) == 1
        raise RuntimeError("no paper")
    assert numbers.next_number("case", DAY) == 1


def test_outside_a_transaction_no_number_is_taken(committed):
    town = Town.objects.create(key="numbers-bare", name="数镇", hall_name="数镇便民服务中心")
    with towns.acting_for(town), pytest.raises(RuntimeError, match="inside a transaction"):
        numbers.next_number("case", DAY)


def test_many_takers_with_rollbacks_leave_no_gap_and_no_double(committed):
    town = Town.objects.create(key="numbers-crowd", name="数镇", hall_name="数镇便民服务中心")
    kept: list[int] = []
    failures: list[BaseException] = []

    def take(seed: int) -> None:
        chance = random.Random(seed)
        try:
            for _ in range(40):
                try:
                    with towns.within(town):
                        number = numbers.next_number("case", DAY)
                        if chance.random() < 0.3:
                            raise LookupError
                    kept.append(number)
                except LookupError:
                    continue
        except BaseException as problem:
            failures.append(problem)
        finally:
            connection.close()

    takers = [threading.Thread(target=take, args=(seed,)) for seed in range(8)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert not failures
    assert len(kept) > 100
    assert sorted(kept) == list(range(1, len(kept) + 1))
    with towns.within(town):
        assert Counter.objects.get(name="case", day=DAY).last == len(kept)


def test_a_towns_counter_cannot_be_moved_from_another_town(committed):
    here = Town.objects.create(key="numbers-here", name="数镇", hall_name="数镇便民服务中心")
    there = Town.objects.create(key="numbers-there", name="邻镇", hall_name="邻镇便民服务中心")
    with (
        pytest.raises(Exception, match="row-level security"),
        towns.within(here),
        connection.cursor() as cursor,
    ):
        cursor.execute("select ground_next_number(%s, %s, %s)", [there.pk, "case", DAY])
