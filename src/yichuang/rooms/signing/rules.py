"""Pure decisions of signing: the words a person compares, the picture of a signature, what a return means."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from yichuang.ground.refusals import Refused

OPINIONS = {  # the tasks a village signs, and what the signature says
    "village_review": "情况属实，同意上报。",
    "village_seal": "情况属实，同意盖章。",
    "village_signature": "情况属实，同意。",
}
MOST_STROKES = 512 * 1024  # bytes of a drawn signature
_PNG = b"\x89PNG\r\n\x1a\n"

# 256 everyday words of two signs; no two sound alike when read out over the phone.
_TABLE = (
    "葡萄 渡口 石桥 八月 灯笼 水井 稻田 油菜 荷花 莲藕 菱角 芦苇 柳树 槐花 桂花 梅花 兰草 竹林 杉树 柏树 "
    "桃子 杏仁 石榴 橙子 枇杷 樱桃 草莓 西瓜 南瓜 冬瓜 黄瓜 丝瓜 茄子 辣椒 豆角 花生 芝麻 玉米 高粱 小麦 "
    "大米 面粉 豆腐 粉丝 年糕 汤圆 饺子 馒头 包子 烧饼 油条 米粥 茶叶 蜂蜜 红糖 陈醋 酱油 香油 食盐 生姜 "
    "大蒜 香葱 白菜 萝卜 菠菜 芹菜 韭菜 香菜 木耳 蘑菇 公鸡 母鸭 白鹅 鸽子 喜鹊 燕子 麻雀 老鹰 黄牛 水牛 "
    "山羊 绵羊 骏马 毛驴 黑猪 黄狗 花猫 兔子 松鼠 刺猬 狐狸 老虎 狮子 大象 熊猫 猴子 鲤鱼 鲫鱼 草鱼 黄鳝 "
    "泥鳅 龙虾 螃蟹 河蚌 田螺 青蛙 乌龟 蜻蜓 蝴蝶 蜜蜂 蚂蚁 知了 太阳 月亮 星星 云彩 彩虹 闪电 雷声 春雨 "
    "雪花 冰雹 露水 晨雾 微风 台风 春天 夏天 秋天 寒冬 清晨 中午 傍晚 深夜 元旦 清明 端午 中秋 重阳 除夕 "
    "初一 十五 三月 五月 六月 九月 高山 丘陵 平原 湖泊 江河 小溪 池塘 水库 大坝 码头 渔船 木筏 铁锚 渔网 "
    "钓竿 斗笠 蓑衣 扁担 箩筐 簸箕 镰刀 锄头 犁铧 水车 石磨 风车 碾子 打谷 粮仓 草垛 篱笆 菜园 果园 茶山 "
    "院子 大门 窗户 屋檐 烟囱 瓦片 砖墙 木梁 楼梯 阳台 厨房 客厅 书房 炉灶 铁锅 瓷碗 筷子 汤勺 水缸 茶壶 "
    "酒杯 暖瓶 蒲扇 凉席 棉被 枕头 蚊帐 衣柜 箱子 镜子 梳子 剪刀 针线 布鞋 棉袄 围巾 手套 草帽 雨伞 背包 "
    "钥匙 门锁 铃铛 鼓声 笛子 二胡 古筝 长笛 唢呐 铜锣 毛笔 墨汁 宣纸 砚台 印章 书本 报纸 信封 邮票 地图 "
    "钟表 算盘 尺子 铅笔 橡皮 粉笔 黑板 课桌 火车 汽车 轮船 飞机 公路 铁轨 车站 邮局"
)
WORDS = _TABLE.split()
_SHOWN = 6  # words; 48 bits, more than anybody can match by trial while a paper is in hand


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 over what the paper says, before it is typeset: the same content has the same words."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def in_words(digest: str) -> str:
    """A digest as six everyday words (葡萄　渡口　石桥　八月　灯笼　水井), for eyes and for the phone."""
    return "　".join(WORDS[part] for part in bytes.fromhex(digest)[:_SHOWN])


def picture(strokes: bytes | str) -> bytes:
    """The drawn signature as PNG bytes: as they are, or out of a page's `data:image/png;base64,…`.

    Refused: strokes_unreadable.
    """
    drawn = _decoded(strokes) if isinstance(strokes, str) else strokes
    if not drawn.startswith(_PNG) or len(drawn) > MOST_STROKES:
        raise Refused("strokes_unreadable", fields={"strokes": "请重新写一遍名字"})
    return drawn


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text.partition(",")[2] if text.startswith("data:") else text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def verdict_of_return(stage: int, first_stage: int) -> str:
    """What a returned paper means for its item: back to the stage before; where there is none, not agreed."""
    return "send_back" if stage > first_stage else "refuse"
