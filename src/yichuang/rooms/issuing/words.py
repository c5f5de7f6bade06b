"""What issuing says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "result_unknown": Sentence(404, "没有找到这份结果。", "请核对编号；不归您办的，这里看不到。"),
    "check_code_unknown": Sentence(
        404, "查不到这个查验码。", "请照结果上印的再输一遍；还是查不到的，这份文件不是从这里发出的。"
    ),
    "receiver_missing": Sentence(422, "没有写领取人。", "请填写来领的人的姓名。"),
    "receiver_unchecked": Sentence(422, "没有核对领取人的身份证。", "请看身份证，填写号码后四位。"),
    "receiver_differs": Sentence(
        409, "身份证后四位和登记的不一样。", "请再看一遍身份证；不是本人的，按代领登记。"
    ),
    "receiver_unknown": Sentence(
        422,
        "{name}不是申请人，也不是登记的代办人。",
        "请看委托书，按代领登记；没有委托书的请申请人本人来领。",
    ),
}

EVENTS = {
    "issuing.issued": "出件：{names}",
    "issuing.handed_over": "领取：{name}",
}
