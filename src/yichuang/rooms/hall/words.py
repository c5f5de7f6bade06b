"""What the hall says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "hall_closed": Sentence(409, "大厅现在没有开门，不能取号。", "{opens}。急事请打大厅电话。"),
    "queue_unknown": Sentence(422, "没有这一类排队：{queue}。", "请从页面上列出的几类里选一类。"),
    "too_many_items": Sentence(
        422, "一个号最多先选 {most} 件事，现在选了 {count} 件。", "请少选几件，其余的到窗口再说。"
    ),
    "item_not_offered": Sentence(
        422, "没有找到这些事项：{codes}。", "请重新选要办的事，或者不选，到窗口再说。"
    ),
    "list_unknown": Sentence(422, "没有找到这份清单。", "请对照清单上的 8 个字再输一遍；没有清单也能办。"),
    "priority_unknown": Sentence(
        422, "没有这种优先：{reason}。", "请选老人、残疾人、孕妇或带婴儿、军人里的一种。"
    ),
    "ticket_unknown": Sentence(404, "没有找到这个号。", "请核对票号；不是今天的号，请重新取号。"),
    "ticket_elsewhere": Sentence(409, "{number}在{window}号窗口。", "请由那个窗口来办，或者先请对方过号。"),
    "window_unknown": Sentence(404, "没有{number}号窗口。", "请核对窗口号。"),
    "window_not_open": Sentence(409, "{number}号窗口现在没有开着。", "请先打开窗口或者恢复服务，再叫号。"),
    "window_not_yours": Sentence(409, "{number}号窗口不是您在值守。", "请先打开您自己的窗口。"),
    "window_taken": Sentence(409, "{number}号窗口现在由{clerk}值守。", "请换一个窗口，或者请对方先关窗。"),
    "window_busy": Sentence(409, "{ticket}还在{number}号窗口。", "请先办完这个号，人没来就按过号。"),
    "pause_reason_missing": Sentence(
        422, "没有写暂停的原因。", "请写几个字，例如“培训，10:30 恢复”，大厅屏幕上会显示。"
    ),
}

EVENTS = {
    "hall.ticket_taken": "取号 {number}",
    "hall.ticket_called": "{window}号窗口叫号 {number}",
    "hall.ticket_recalled": "{window}号窗口再叫 {number}（第{calls}次）",
    "hall.ticket_missed": "{number} 过号",
    "hall.serving_started": "{window}号窗口开始办理 {number}",
    "hall.serving_finished": "{window}号窗口办完 {number}，用时{minutes}分钟",
    "hall.window_opened": "{number}号窗口打开",
    "hall.window_paused": "{number}号窗口暂停：{reason}",
    "hall.window_resumed": "{number}号窗口恢复",
    "hall.window_closed": "{number}号窗口关闭",
    "hall.windows_loaded": "装入{windows}个窗口和{hours}段开放时间",
}
