"""What supervision says: refusals."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "figure_unknown": Sentence(404, "没有这个数字：{name}。", "请从数字页上点开。"),
    "period_elsewhere": Sentence(422, "日期的年份不对。", "请选 2000 年到 2100 年里的日子。"),
    "period_backwards": Sentence(422, "开始的日期在结束的后面。", "请把两个日期对调一下。"),
    "period_too_long": Sentence(422, "一次最多看{days}天。", "请把时间选短一些。"),
}
