"""`./yichuang test`: brings what tests need, runs the fast checks and then every test; with arguments, pytest only."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from yichuang.cli import assets, check
from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
PACKAGES = ("chromium", "fonts-noto-cjk")


def main(arguments: list[str]) -> int:
    assets.ensure()
    bring_browser()
    if arguments:
        return _pytest(arguments)
    good = check.run()
    # Last, so that its closing line is the last thing said.
    tests = _pytest(["-n", "2", "--dist", "loadgroup"])
    return tests or (0 if good else 1)


def bring_browser() -> None:
    """Chromium and Chinese fonts, through apt where we are root; else the exact words of what to install."""
    missing = [name for name in PACKAGES if not _has(name)]
    if not missing:
        return
    words = " ".join(missing)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Trouble(
            f"测试需要 {words}。请让管理员运行：apt-get install {words}（或用 YICHUANG_BROWSER 指定 Chromium）。",
            f"Tests need {words}: have root run apt-get install {words}, or name a Chromium in YICHUANG_BROWSER.",
        )
    print(f"正在安装 {words}。  Installing {words}.", file=sys.stderr)
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing],
    ):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, capture_output=True, text=True, env=quiet)  # noqa: S603
    if done.returncode:
        raise Trouble(
            f"{words} 没有装上：{done.stderr.strip().splitlines()[-1:]}。请检查网络后重新运行。",
            f"{words} could not be installed: check the network, then run again.",
        )


def _has(package: str) -> bool:
    if package == "chromium":
        return Path(os.environ.get("YICHUANG_BROWSER", "/usr/bin/chromium")).exists()
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".fonts"))
    return any(next(Path(folder).rglob("*CJK*"), None) for folder in folders if Path(folder).is_dir())


def _pytest(arguments: list[str]) -> int:
    sys.stdout.flush()
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=PROJECT)  # noqa: S603
