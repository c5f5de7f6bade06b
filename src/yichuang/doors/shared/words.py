"""What the doors themselves say."""

from yichuang.ground.refusals import Sentence

REFUSALS = {
    "not_found": Sentence(404, "没有找到您要的内容。", "请核对号码或链接，或者回首页查一查。"),
    "no_right": Sentence(403, "您的岗位不能看这一页。", "需要的话请换一个账号登录，或找大厅负责人。"),
    "sign_in_first": Sentence(401, "还没有登录，或者登录已经过期。", "请先登录再做这一步。"),
    "stale_page": Sentence(
        403, "这一页打开太久，已经过期。", "请按返回，刷新页面后再提交一次；刚才填的内容还在上一页。"
    ),
    "request_too_large": Sentence(413, "提交的内容太大。", "请把照片分几次传，每个文件不超过 20 MB。"),
    "no_town": Sentence(503, "这里还没有设置镇。", "请工程师运行 ./yichuang seed 装入一个镇。"),
    "bad_request": Sentence(
        400, "请求不完整，读不出来。", "请重新提交；多次不行，请换一个浏览器或检查网络。"
    ),
    "bad_json": Sentence(
        400, "发来的内容不是完整的 JSON。", "请核对后再发；传文件请用 multipart/form-data。"
    ),
    "odd_signs": Sentence(422, "内容里有保存不了的字符。", "请删掉看不见的控制字符后再提交。"),
    "path_unknown": Sentence(404, "没有这个接口。", "请对照 /api/v1/openapi.json 核对地址。"),
    "method_unknown": Sentence(
        405, "这个接口不能这样请求。", "请对照 /api/v1/openapi.json 核对方法（GET 或 POST）。"
    ),
    "bad_input": Sentence(422, "填写的内容不对：{what}。", "请按提示改正后再提交，已填的内容都在。"),
}
