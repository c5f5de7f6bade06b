"""What signing says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "not_shown": Sentence(409, "签批单还没有打开过。", "请先打开签批单，看过再签。"),
    "already_signed": Sentence(409, "这一份已经签过了，不能再签。", "请回到待签列表，看下一份。"),
    "digest_differs": Sentence(409, "要签的和您看到的不是同一份文件。", "请重新打开签批单，核对暗语再签。"),
    "document_altered": Sentence(
        409, "签批单的文件被改动过，不能签。", "请不要签，马上告诉大厅负责人和审计人员。"
    ),
    "strokes_unreadable": Sentence(422, "签名的笔迹没有传好。", "请清空，重新写一遍名字。"),
    "return_reason_missing": Sentence(422, "退回没有写理由。", "请写清哪里不对，居民和窗口都看得到。"),
}

EVENTS = {
    "signing.shown": "{place}打开签批单：{name}",
    "signing.signed": "{place}签批同意：{name}",
    "signing.returned": "{place}退回：{name}",
}
