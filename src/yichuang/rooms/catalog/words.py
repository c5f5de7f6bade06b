"""What the catalogue says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "item_unknown": Sentence(404, "没有编码为{codes}的事项。", "请从办事目录里选，或者按名称查一查。"),
    "own_proposal": Sentence(403, "自己提交的事项版本不能自己发布。", "请另一位发布人员核对后发布。"),
    "reason_missing": Sentence(422, "退回没有写原因。", "请写清哪里要改，让编辑的人一次改好。"),
    "catalogue_present": Sentence(409, "这个镇已经有事项目录了。", "目录不能整本覆盖，请逐项提交新版本。"),
    "catalogue_faulty": Sentence(
        422, "目录文件里有{count}处不对，一行都没有装入。", "请照错误清单逐处改好，再装一次。"
    ),
}

EVENTS = {
    "catalog.proposed": "{code} 第{version}版提交发布",
    "catalog.sent_back": "{code} 第{version}版退回修改：{reason}",
    "catalog.published": "{code} 第{version}版发布",
    "catalog.retired": "{code} 第{version}版停用",
    "catalog.loaded": "装入事项目录：{items}个事项、{bundles}个一件事",
}
