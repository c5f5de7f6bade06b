"""What feedback says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "invitation_unknown": Sentence(404, "没有找到这次服务。", "请重新扫回执上的二维码，或者点短信里的链接。"),
    "service_not_over": Sentence(
        409, "这次服务还没有办完，还不能评价。", "办完以后，用同一个二维码就能评价。"
    ),
    "rating_too_late": Sentence(
        410, "这次服务已经过了{days}天，不能再评价了。", "还有意见，请到大厅说，或者打大厅的电话。"
    ),
    "already_rated": Sentence(
        409, "这次服务已经评过了，一次服务评一次。", "还有话要说，请到大厅说，或者打大厅的电话。"
    ),
    "grade_missing": Sentence(422, "还没有选满意不满意。", "请从五个里面点一个。"),
    "reason_unknown": Sentence(422, "没有这个原因：{reasons}。", "请从页面上列出的原因里选，也可以不选。"),
    "words_too_long": Sentence(422, "写的话太长，最多{most}个字。", "请写短一点，主要的说清楚就行。"),
}

EVENTS = {"feedback.rated": "评价：{grade_name}"}
