"""What cases says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "case_unknown": Sentence(404, "没有找到这个办件。", "请核对办件编号；不归您办的件，这里看不到。"),
    "task_unknown": Sentence(
        404, "没有找到这个待办。", "请回到待办列表再选；不归您的部门或村办的件，这里看不到。"
    ),
    "items_missing": Sentence(422, "还没有选要办的事。", "请至少选一个事项。"),
    "item_not_here": Sentence(404, "这个办件里没有 {codes}。", "请刷新页面，看清这一件有哪些事项。"),
    "proxy_incomplete": Sentence(422, "代办人的信息没有填全。", "请填写代办人的姓名和身份证号。"),
    "answers_wrong": Sentence(422, "有 {count} 个问题的回答不在选项里。", "请照提示重新选。"),
    "fields_wrong": Sentence(422, "表单里有 {count} 处填得不对：{names}。", "请照每一处的提示改好。"),
    "answers_settled": Sentence(
        409, "已经提交，情形和事项不能再改。", "表单里的内容还可以改；情形变了的，请重新开一件。"
    ),
    "form_settled": Sentence(409, "这些事项已经受理，表单不能再改。", "内容有误的，请告诉正在办的部门。"),
    "material_unknown": Sentence(422, "材料“{material}”不在这次的清单里。", "请从清单里选：{names}。"),
    "paper_missing": Sentence(422, "没有选材料的文件。", "请拍照或选一个文件；看过原件的，由窗口登记。"),
    "papers_settled": Sentence(409, "这件事已经有结论，不用再交材料。", "请到“办到哪了”看结果。"),
    "questions_unanswered": Sentence(
        422, "还有 {count} 个问题没有回答：{names}。", "请逐个回答，材料清单才定得下来。"
    ),
    "fields_missing": Sentence(422, "表单还有 {count} 处没有填：{names}。", "请填好再提交。"),
    "village_missing": Sentence(
        422, "{names}要村（社区）先核对，但没有填申请人属于哪个村。", "请选申请人所属的村（社区）。"
    ),
    "materials_missing": Sentence(409, "还缺 {count} 份材料：{names}。", "请一次性告知申请人，补齐后再受理。"),
    "nothing_to_correct": Sentence(409, "材料齐全，没有要补正的。", "可以直接受理。"),
    "already_told": Sentence(
        409, "{names}已经一次性告知过，不能再出第二次。", "请照告知书上还没补的办；告知书没写到的，请先受理。"
    ),
    "not_on_the_spot": Sentence(409, "“{name}”不是即办件，不能当场决定。", "请受理，按流程转给部门办理。"),
    "opinion_missing": Sentence(422, "没有写理由。", "不同意或退回都要写清理由，居民看得到。"),
    "verdict_unknown": Sentence(422, "没有选结论。", "请选同意、不同意或退回。"),
    "own_work": Sentence(403, "这件事前面的环节是您经手的，不能再由您审。", "请同部门的另一位同事办。"),
    "task_taken": Sentence(409, "{name}正在办这一件。", "请换一件，或者和他说好再办。"),
    "needs_signature": Sentence(409, "这一步要村里签字或盖章。", "请到“请您签字”里打开签批单，看过再签。"),
    "nothing_before": Sentence(409, "这是第一步，没有上一步可以退。", "材料有问题请联系窗口；不符合条件的选不同意，写清理由。"),
}  # fmt: skip

EVENTS = {
    "cases.opened": "收件登记：{names}",
    "cases.draft_saved": "保存草稿",
    "cases.document_added": "收到材料：{material}",
    "cases.submitted": "提交：{names}",
    "cases.correction_requested": "一次性告知，缺 {count} 份：{missing}",
    "cases.resubmitted": "补齐材料，重新提交：{names}",
    "cases.accepted": "受理：{names}，承诺 {promised_by} 前办结",
    "cases.deemed_accepted": "视为受理：{names}，从收件那天起算，承诺 {promised_by} 前办结",
    "cases.promise_settled": "放假安排已公布，{name}承诺 {promised_by} 前办结",
    "cases.decided_on_the_spot": "当场办结：{name}，{verdict_name}",
    "cases.task_claimed": "{place}开始办理：{name}",
    "cases.opinion_given": "{place}的意见：{verdict_name}（{name}）",
}
