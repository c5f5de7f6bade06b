"""`python -m yichuang.cli VERB …`, called by the launcher `./yichuang`."""

import importlib
import importlib.util
import sys

from yichuang.config.trouble import Trouble

# verb: (module in this folder with `main(arguments) -> exit code`, what it does)
VERBS = {
    "up": ("up", "启动全部  start everything, stay in the foreground"),
    "test": ("test", "运行全部检查和测试  run all checks and tests"),
    "check": ("check", "只做快速检查  fast checks only"),
    "walk": ("walk", "走一遍：从取号到评价  one case from ticket to rating"),
    "shots": ("shots", "给页面拍照  take pictures of the pages"),
    "bench": ("bench", "测速  measure speed"),
    "drill": ("drill", "故障演练  fault drills"),
    "twin": ("twin", "推演  simulate the hall"),
    "seed": ("seed", "装入演示镇  load the demo town"),
    "import": ("imports", "导入事项目录等  bring in a catalogue or registers"),
    "export": ("exports", "导出  write out"),
    "pack": ("pack", "打包一个镇的目录  pack a catalogue"),
    "backup": ("backup", "备份  back up"),
    "restore": ("restore", "恢复  restore a backup"),
    "doctor": ("doctor", "体检：端口、磁盘、时钟、字体、数据库  look for what is wrong"),
}
INTERNAL = ("web", "worker")  # started by `up`


def main(arguments: list[str]) -> int:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if verb in INTERNAL:
        return importlib.import_module(f"yichuang.cli.{verb}").main(rest)
    if verb in VERBS and _exists(VERBS[verb][0]):
        try:
            return importlib.import_module(f"yichuang.cli.{VERBS[verb][0]}").main(rest) or 0
        except Trouble as trouble:
            print(trouble.chinese, trouble.english, sep="\n", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            return 130
    wanted_help = verb in ("help", "--help", "-h")
    out = sys.stdout if wanted_help else sys.stderr
    if not wanted_help:
        print(f"没有“{verb}”这个命令。  There is no command {verb}.", file=out)
    print("用法  usage: ./yichuang VERB …", file=out)
    for name, (module, words) in VERBS.items():
        if _exists(module):
            print(f"  {name:8} {words}", file=out)
    return 0 if wanted_help else 2


def _exists(module: str) -> bool:
    return importlib.util.find_spec(f"yichuang.cli.{module}") is not None


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
