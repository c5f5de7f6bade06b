"""What the catalogue says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "item_unknown": Sentence(404, "没有编码为{codes}的事项。", "请从办事目录里选，或者按名称查一查。"),
    "own_proposal": Sentence(
        403, "自己写的、自己提交的事项版本，不能自己发布。", "请另一位发布人员核对后发布。"
    ),
    "reason_missing": Sentence(422, "退回没有写原因。", "请写清哪里要改，让编辑的人一次改好。"),
    "why_missing": Sentence(422, "没有写为什么改。", "请写一句，例如：法定时限缩短了。"),
    "words_missing": Sentence(422, "没有写核对的结论。", "请写一句，例如：与现行条文一致。"),
    "text_too_long": Sentence(422, "写得太长了，最多 {most} 个字。", "请写短一些。"),
    "item_name_missing": Sentence(422, "没有写事项名称。", "请写居民听得懂的名称。"),
    "name_taken": Sentence(409, "已经有叫“{name}”的事项。", "请换一个名称，或者去改那一个。"),
    "not_your_office": Sentence(
        403, "这是{office}的事项，您不能改。", "请{office}的编辑来改，或者请管全镇目录的人改。"
    ),
    "version_open": Sentence(
        409, "{item}的第{version}版还没有定下来，不能再开一版。", "请先改完、发布或者放弃那一版。"
    ),
    "not_a_draft": Sentence(409, "{item}这一版现在是“{state}”，不能改。", "要改的话，请先退回或者另开一版。"),
    "draft_gone": Sentence(409, "{item}的这份草稿已经放弃了。", "请回到事项页面，再开一版。"),
    "draft_moved_on": Sentence(
        409,
        "您打开以后，{who}又保存过这份草稿。",
        "您写的还在这一页。请另开一页看看新的，再把您的改动填进去。",
    ),
    "promise_over_law": Sentence(
        422, "承诺时限 {promised} 天超过了法定时限 {statutory} 天。", "请把承诺时限改短，或者先核对法定时限。"
    ),
    "office_is_fixed": Sentence(
        409, "事项的主办部门不能在这里换。", "部门换了，请停用这个事项，在新部门下新建。"
    ),
    "version_faulty": Sentence(
        422, "这一版有 {count} 处不对，还不能提交。第一处：“{first}”。", "请照清单逐处改好，再提交。"
    ),
    "effective_in_the_past": Sentence(422, "生效日不能早于今天。", "请选今天或以后的日子。"),
    "proposal_moved_on": Sentence(
        409,
        "您打开以后，勾选的版本有的已经发布或者退回了。",
        "一个都没有发布。请看看现在还有哪些，再勾一次。",
    ),
    "version_moved_on": Sentence(
        409, "您打开以后，又发布了第{number}版。", "请看过新的一版，再决定要不要停用。"
    ),
    "none_ticked": Sentence(422, "没有勾选，或者勾得太多，一次最多 {most} 个。", "请勾上要办的，再点一次。"),
    "never_published": Sentence(409, "{item}还没有发布过。", "请先发布，再核对依据。"),
    "next_check_date": Sentence(422, "下次核对的日子不对。", "请选今天以后、三年以内的日子。"),
    "no_items_chosen": Sentence(422, "还没有选要办的事项。", "请先选一件要办的事。"),
    "stuck_unknown": Sentence(422, "没有这个选项。", "请从列出的几项里选一项。"),
    "catalogue_present": Sentence(409, "这个镇已经有事项目录了。", "目录不能整本覆盖，请逐项提交新版本。"),
    "catalogue_faulty": Sentence(
        422, "目录文件里有{count}处不对，一行都没有装入。", "请照错误清单逐处改好，再装一次。"
    ),
    "import_blocked": Sentence(
        409, "有 {count} 处挡着，一行都没有导入。第一处：“{first}”。", "请照清单逐处处理好，再导入一次。"
    ),
    "catalogue_moved_on": Sentence(409, "您看过以后，目录又有变化。", "请把新的对比再看一遍，再确认导入。"),
    "import_gone": Sentence(404, "没有这一批，或者已经发布、退回了。", "请到待发布的事项里看一看。"),
}

EVENTS = {
    "catalog.draft_begun": "{code} 开始写第{version}版：{reason}",
    "catalog.draft_saved": "{code} 第{version}版草稿保存",
    "catalog.draft_discarded": "{code} 第{version}版草稿放弃",
    "catalog.proposed": "{code} 第{version}版提交发布",
    "catalog.sent_back": "{code} 第{version}版退回修改：{reason}",
    "catalog.scheduled": "{code} 第{version}版核准，{day} 起生效",
    "catalog.published": "{code} 第{version}版发布",
    "catalog.retired": "{code} 第{version}版停用",
    "catalog.basis_checked": "{code} 核对了法律依据",
    "catalog.unfound_settled": "一个没查到的说法加进 {code} 的俗称，待发布",
    "catalog.unfound_dismissed": "一个没查到的说法不用管",
    "catalog.imported": "整本导入：改{changed}个事项，新{new}个，没变{unchanged}个，换{bundles}个一件事",
    "catalog.import_published": "整批发布导入的{count}个事项",
    "catalog.loaded": "装入事项目录：{items}个事项、{bundles}个一件事",
}
