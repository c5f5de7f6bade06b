"""What ground says: refusals and trail kinds."""

from __future__ import annotations

from .refusals import Sentence

REFUSALS: dict[str, Sentence] = {
    "wrong_moment": Sentence(409, "{thing}现在是“{state}”，不能这样办。", "请刷新页面，看清当前状态再操作。"),
    "key_reused": Sentence(422, "同一个提交号已经用过，但这次的内容不一样。", "请刷新页面重新提交。"),
    "file_empty": Sentence(422, "文件“{name}”是空的。", "请重新选一个文件。"),
    "file_too_large": Sentence(
        413, "文件“{name}”太大，最多 {most} MB。", "请把照片拍小一点，或者分成几个文件传。"
    ),
    "file_kind": Sentence(415, "文件“{name}”不是照片或 PDF。", "请传 JPG、PNG 照片或 PDF 文件。"),
    "file_broken": Sentence(422, "照片“{name}”打不开，可能没有传完整。", "请重新拍一张或重新选文件。"),
    "file_too_many_pixels": Sentence(
        422, "照片“{name}”的尺寸太大（{width}×{height}）。", "请用手机普通模式重新拍一张。"
    ),
    "id_number_length": Sentence(422, "身份证号应当是18位，现在是{count}位。", "请对照身份证重新填写。"),
    "id_number_old": Sentence(
        422, "15位的老身份证号已经停用。", "请填写现在身份证上的18位号码；没有换证的，先到派出所办理。"
    ),
    "id_number_signs": Sentence(
        422, "身份证号的前17位只能是数字，最后一位是数字或X。", "请对照身份证检查有没有填错的字。"
    ),
    "id_number_birth_date": Sentence(
        422, "身份证号里的出生日期“{written}”不对。", "请对照身份证检查第7位到第14位。"
    ),
    "id_number_check": Sentence(422, "身份证号里有数字填错了。", "请对照身份证从头到尾核对一遍。"),
    "credit_code_length": Sentence(
        422, "统一社会信用代码应当是18位，现在是{count}位。", "请对照营业执照或登记证书重新填写。"
    ),
    "credit_code_signs": Sentence(
        422,
        "统一社会信用代码里有不该出现的字。",
        "代码只用数字和大写字母，不用I、O、S、V、Z，第3位到第8位都是数字。请检查有没有把数字0、1填成字母。",
    ),
    "credit_code_check": Sentence(
        422, "统一社会信用代码里有一位填错了。", "请对照营业执照或登记证书从头到尾核对一遍。"
    ),
    "phone_format": Sentence(422, "电话号码不对。", "手机号填11位数字；座机要带区号，例如 0551-65432100。"),
    "phone_mobile": Sentence(422, "这里要填手机号，用来接收短信。", "请填1开头的11位手机号。"),
    "paper_characters": Sentence(
        422,
        "打印字库里没有“{characters}”这个字，不能排版。",
        "请先核对有没有写错；没有写错的，请管理员补装字库后再打印。",
    ),
    "plate_format": Sentence(422, "车牌号不对。", "请照车牌填写，例如 皖A12345，新能源车例如 皖AD12345。"),
}

EVENTS: dict[str, str] = {}
