"""What people says: refusals and events."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "sign_in_wrong": Sentence(401, "用户名、密码或动态码不对。", "请核对后再试；连续错 5 次要等 10 分钟。"),
    "sign_in_locked": Sentence(429, "连续输错，账号暂时锁定。", "请 10 分钟后再试，或请系统管理员解锁。"),
    "pin_wrong": Sentence(403, "签字密码不对。", "请重新输入 6 位签字密码；忘了请找系统管理员重设。"),
    "name_missing": Sentence(422, "没有填姓名。", "请填写申请人的姓名。"),
    "village_unknown": Sentence(422, "没有找到这个村：{village}。", "请从本镇的村（社区）里选一个。"),
}

EVENTS = {
    "people.places_founded": "设立{offices}个部门、{villages}个村",
    "people.resident_registered": "登记居民",
    "people.resident_changed": "更新居民的{what}",
    "people.staff_employed": "新增工作人员",
    "people.signed_in": "登录",
    "people.sign_in_refused": "登录没有通过",
    "people.sessions_ended": "退出所有登录",
    "people.device_enrolled": "登记设备",
}
