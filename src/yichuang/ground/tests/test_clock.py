from datetime import UTC, date, datetime, timedelta

import pytest

from yichuang.ground import clock


def test_the_town_keeps_beijing_time():
    assert clock.now().utcoffset() == timedelta(hours=8)


def test_the_demo_offset_moves_the_whole_system(settings):
    settings.CLOCK_OFFSET_SECONDS = 3600 * 24 * 30
    ahead = clock.now() - datetime.now(UTC)
    assert timedelta(days=30) - ahead < timedelta(seconds=5)


def test_a_frozen_clock_stands_still_and_then_goes_on():
    with clock.frozen(datetime(2026, 11, 23, 9, 5)) as moment:
        assert clock.now() == clock.now() == moment
        with clock.frozen(datetime(2026, 11, 24, 1, 0, tzinfo=UTC)):
            assert clock.now().hour == 9
        assert clock.now() == moment
    assert clock.now() != moment


def test_the_day_turns_at_the_towns_midnight():
    assert clock.day_of(datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert clock.day_of(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        clock.day_of(datetime(2026, 11, 23))
