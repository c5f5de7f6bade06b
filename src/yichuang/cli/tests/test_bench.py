"""`bench`: measures on a home of its own, says what it found, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from bench import figures
from bench.first_load import first_load
from bench.visitor import Visitor

HERE = {name: value for name, value in os.environ.items() if not name.startswith(("YICHUANG_", "DJANGO_"))}

NAMED = (
    "guide_p95_ms",
    "guide_ratio",
    "guide_processor_p95_ms",
    "first_load_bytes",
    "hosts_asked",
    "search_p99_ms",
    "search_many_p99_ms",
    "search_many_bytes_an_item",
    "search_http_p99_ms",
    "suggestion_most_bytes",
    "import_growth",
    "import_size_mib",
    "export_workbook_s",
)


@pytest.fixture
def begin(tmp_path):
    """Start a quick run whose folders lie in a place of the test's own, in a session of its own."""
    (tmp_path / "tmp").mkdir()
    started = []

    def start():
        run = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "yichuang.cli",
                "bench",
                "catalog",
                "--quick",
                "--out",
                tmp_path / "out.json",
            ],
            env={**HERE, "TMPDIR": str(tmp_path / "tmp"), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(run)
        return run

    yield start
    for run in started:
        if run.poll() is None:
            run.kill()
        run.wait()
        run.stdout.close()


def left_of(run, tmp_path):
    """Numbers of the processes in the run's session, and its folders."""
    alive = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == run.pid and state != "Z":
            alive.append(stat.parent.name)
    return alive, list((tmp_path / "tmp").iterdir())


def test_a_quick_run_finds_every_figure_and_leaves_nothing(begin, tmp_path):
    run = begin()
    said, _ = run.communicate(timeout=600)
    assert run.returncode == 0, said
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    measured = found["figures"]
    assert len(measured) > 40
    for name, figure in measured.items():
        assert figure["value"] > 0, name
        assert ("at_most" in figure) == ("reached" in figure), name
    for name in NAMED:
        assert name in measured
    assert measured["import_towns"]["value"] == 2
    assert found["settings"]["items"] == 2_000
    assert found["machine"]["cores"] == os.cpu_count()
    assert found["versions"]["postgresql"].startswith("18")
    assert os.uname().nodename not in found["machine"].values()
    assert "办事指南" in said
    assert left_of(run, tmp_path) == ([], [])


def test_ctrl_c_in_the_middle_leaves_nothing(begin, tmp_path):
    run = begin()
    for line in run.stdout:
        if "正在测办事指南" in line:
            break
    assert left_of(run, tmp_path)[0]
    run.send_signal(signal.SIGINT)
    run.stdout.read()
    assert run.wait(60) == 130
    assert left_of(run, tmp_path) == ([], [])
    assert not (tmp_path / "out.json").exists()


def test_an_unknown_measurement_is_told_which_there_are():
    asked = subprocess.run(
        [sys.executable, "-m", "yichuang.cli", "bench", "nothing"], env=HERE, capture_output=True, text=True
    )
    assert asked.returncode == 1
    assert "catalog" in asked.stderr


def test_the_page_about_speed_shows_the_figures_that_are_kept():
    kept = json.loads((figures.RESULTS / "catalog.json").read_text(encoding="utf-8"))
    page = (figures.RESULTS.parents[1] / "docs" / "speed.md").read_text(encoding="utf-8")
    assert figures.markdown(kept) in page, "paste what ./yichuang bench catalog --kept prints"


@pytest.mark.browser
def test_the_first_load_counts_what_a_browser_fetches(page, system):
    asked = set()
    page.on("request", lambda request: asked.add(request.url.removeprefix(system.url)))
    page.goto("/guide/SB-001", wait_until="load")
    visitor = Visitor(int(system.url.rpartition(":")[2]))
    load = first_load(visitor, "/guide/SB-001")
    visitor.close()
    icons = {
        each for each in load.assets if each.endswith(".svg")
    }  # a browser without a window fetches no icon
    assert asked - icons == {"/guide/SB-001", *load.assets} - icons
    assert len(load.hosts) == 1
