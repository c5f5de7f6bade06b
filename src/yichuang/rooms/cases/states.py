"""The lives of an item and of a route task: every status, and every verb that leads from one to another."""

from __future__ import annotations

from django.db import models

from yichuang.ground.moves import Moves


class ItemStatus(models.TextChoices):
    DRAFT = "draft", "填写中"
    SUBMITTED = "submitted", "已提交，等受理"
    CORRECTING = "correcting", "等补材料"
    REVIEWING = "reviewing", "办理中"
    GRANTED = "granted", "已准予，等出件"
    REFUSED = "refused", "不予办理"
    ISSUED = "issued", "已出件，等领取"
    CLOSED = "closed", "已办结"


class TaskStatus(models.TextChoices):
    WAITING = "waiting", "还没轮到"
    OPEN = "open", "待办"
    CLAIMED = "claimed", "正在办"
    DONE = "done", "已办"
    DROPPED = "dropped", "不用办了"


_Item, _Task = ItemStatus, TaskStatus

ITEM_MOVES: Moves = {
    "submit": ({_Item.DRAFT}, _Item.SUBMITTED),
    "request_correction": ({_Item.SUBMITTED}, _Item.CORRECTING),
    "resubmit": ({_Item.CORRECTING}, _Item.SUBMITTED),
    "accept": ({_Item.SUBMITTED}, _Item.REVIEWING),
    "grant": ({_Item.REVIEWING}, _Item.GRANTED),
    "refuse": ({_Item.REVIEWING}, _Item.REFUSED),
    "issue": ({_Item.GRANTED}, _Item.ISSUED),
    "close": ({_Item.ISSUED}, _Item.CLOSED),
}

TASK_MOVES: Moves = {
    "open": ({_Task.WAITING}, _Task.OPEN),
    "claim": ({_Task.OPEN}, _Task.CLAIMED),
    "finish": ({_Task.OPEN, _Task.CLAIMED}, _Task.DONE),
    "drop": ({_Task.WAITING, _Task.OPEN, _Task.CLAIMED}, _Task.DROPPED),
}
