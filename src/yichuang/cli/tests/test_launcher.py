"""The launcher `./yichuang`: sets up only what is missing, and each failure says what to do."""

import importlib.machinery
import importlib.util
import subprocess

import pytest

from yichuang.cli.assets import PROJECT

loader = importlib.machinery.SourceFileLoader("yichuang_launcher", str(PROJECT / "yichuang"))
launcher = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
loader.exec_module(launcher)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder with one lock file and an environment that looks finished."""
    (tmp_path / "requirements.lock").write_text("django==5.2\n")
    packages = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (tmp_path / ".venv" / "bin").mkdir()
    (tmp_path / ".venv" / "bin" / "python").write_text("")
    for name, path in {
        "PROJECT": tmp_path,
        "VENV": tmp_path / ".venv",
        "PYTHON": tmp_path / ".venv/bin/python",
        "ASSETS": tmp_path / ".assets",
        "LOG": tmp_path / ".assets/setup.log",
    }.items():
        monkeypatch.setattr(launcher, name, str(path))
    (tmp_path / ".assets").mkdir()
    launcher.write(launcher.path_file(), launcher.source_line())
    launcher.write(launcher.stamp_of("requirements.lock"), launcher.digest("requirements.lock"))
    return tmp_path


def test_a_finished_environment_is_used_as_it_is(project):
    assert launcher.is_ready(["requirements.lock"])


def test_a_changed_lock_file_is_noticed(project):
    (project / "requirements.lock").write_text("django==5.3\n")
    assert not launcher.is_ready(["requirements.lock"])


def test_a_folder_that_was_moved_is_noticed(project, monkeypatch):
    monkeypatch.setattr(launcher, "source_line", lambda: "/elsewhere/src\n")
    assert not launcher.is_ready(["requirements.lock"])


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "磁盘空间不够"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "摘要不符"),
        ("Failed to establish a new connection: Temporary failure in name resolution", "连不上网络"),
        ("ERROR: No matching distribution found for django==5.2", "没有取到程序包"),
        ("[Errno 13] Permission denied: '/x'", "没有写入权限"),
        ("something never seen before", "安装没有完成"),
    ],
)
def test_each_failure_says_what_to_do(project, capsys, output, words):
    launcher.write(launcher.LOG, output)
    with pytest.raises(SystemExit):
        launcher.explain()
    assert words in capsys.readouterr().err


def test_help_lists_the_verbs():
    said = subprocess.run([str(PROJECT / "yichuang"), "help"], capture_output=True, text=True)
    assert said.returncode == 0
    assert all(f"  {verb} " in said.stdout for verb in ("up", "test", "check", "doctor"))


def test_an_unknown_verb_is_named():
    said = subprocess.run([str(PROJECT / "yichuang"), "dance"], capture_output=True, text=True)
    assert said.returncode == 2
    assert "没有“dance”这个命令" in said.stderr
