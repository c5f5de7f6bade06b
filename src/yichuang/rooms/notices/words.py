"""What notices says: the messages themselves, refusals and events. A message names no person and no item."""

from yichuang.ground.refusals import Sentence

from .models import About

TEXTS = {
    About.CORRECTION: "您的办件{number}还缺{count}份材料，一次备齐就行。缺什么、怎么补：{link}",
    About.ACCEPTED: "您的办件{number}已受理，{limit}{date}办好。查进度：{link}",
    About.PROMISE: "您的办件{number}办好的日子定了，最迟{date}。查进度：{link}",
    About.REFUSED: "您的办件{number}有一项没有办成，原因和您可以怎么做：{link}",
    About.READY: "您的办件{number}结果出来了，请带身份证到大厅任意窗口领取：{link}",
    About.RATE: "您的办件{number}办结了。办得怎么样，请您评一评，不评也可以：{link}",
}
SIGNATURE = "【{town}一窗】"

REFUSALS = {
    "message_unknown": Sentence(404, "没有找到这条短信。", "请回到列表刷新再看。"),
}

EVENTS = {
    "notices.sent": "短信已发：{about_name}",
    "notices.failed": "短信没发出去：{about_name}，试了{tries}次",
    "notices.resent": "重新发短信：{about_name}",
}
