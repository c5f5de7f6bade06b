"""Health, and the answers when something broke underneath."""

import errno
import json

import pytest
from django.db import OperationalError, connection
from django.test import Client
from psycopg.errors import DiskFull

from yichuang.config import failures


@pytest.fixture
def broken(monkeypatch):
    """A client for whom every page fails with what is given."""

    def make(problem):
        def fail(self, request, view, args, kwargs):
            raise problem

        monkeypatch.setattr("yichuang.doors.shared.gate.Gate.process_view", fail)
        return Client(raise_request_exception=False)

    return make


def full_disk():
    problem = OperationalError("could not extend file")
    problem.__cause__ = DiskFull("could not extend file: No space left on device")
    return problem


@pytest.mark.parametrize(
    ("problem", "status", "words"),
    [
        (OperationalError("server closed the connection"), 503, "过几秒再试一次"),
        (full_disk(), 507, "磁盘满了"),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "磁盘满了"),
        (ValueError("a mistake of ours"), 500, "系统出错了"),
    ],
)
def test_people_read_plain_words_and_machines_a_problem(broken, problem, status, words):
    client = broken(problem)
    page = client.get("/elder")
    assert page.status_code == status
    assert words in page.content.decode()
    assert "Traceback" not in page.content.decode()
    told = client.get("/elder", headers={"Accept": "application/json"})
    assert told.status_code == status
    assert told.headers["Content-Type"] == "application/problem+json"
    assert json.loads(told.content)["status"] == status


def test_trying_again_is_only_advised_where_it_helps(broken):
    assert broken(OperationalError("gone")).get("/elder").headers["Retry-After"] == "2"
    assert "Retry-After" not in broken(ValueError()).get("/elder").headers


def test_a_cause_is_looked_for_through_the_chain():
    outer = RuntimeError("while saving")
    outer.__cause__ = full_disk()
    assert failures.cause_of(outer) is failures.DISK_FULL
    assert failures.cause_of(None) is failures.BROKEN


def test_health_needs_no_town_and_nobody_signed_in(db):
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["database"] == "ok"
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_says_when_there_is_no_database(db, monkeypatch):
    def gone(*args):
        raise OperationalError("no server")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert answer.json()["clock_skew_ms"] is None
