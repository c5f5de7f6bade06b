"""The life of an item version."""

from __future__ import annotations

from django.db import models


class VersionStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    PROPOSED = "proposed", "待发布"
    SCHEDULED = "scheduled", "已核准，到日子生效"
    PUBLISHED = "published", "已发布"
    RETIRED = "retired", "已停用"


MOVES: dict[str, tuple[set[str], str]] = {
    "propose": ({VersionStatus.DRAFT}, VersionStatus.PROPOSED),
    "send_back": ({VersionStatus.PROPOSED, VersionStatus.SCHEDULED}, VersionStatus.DRAFT),
    "schedule": ({VersionStatus.PROPOSED}, VersionStatus.SCHEDULED),
    "publish": ({VersionStatus.PROPOSED, VersionStatus.SCHEDULED}, VersionStatus.PUBLISHED),
    "retire": ({VersionStatus.PUBLISHED}, VersionStatus.RETIRED),
}

OPEN = (VersionStatus.DRAFT, VersionStatus.PROPOSED, VersionStatus.SCHEDULED)


class QueryStatus(models.TextChoices):
    OPEN = "open", "没处理"
    SETTLED = "settled", "加进俗称"
    DISMISSED = "dismissed", "不用管"


QUERY_MOVES: dict[str, tuple[set[str], str]] = {
    "settle": ({QueryStatus.OPEN}, QueryStatus.SETTLED),
    "dismiss": ({QueryStatus.OPEN}, QueryStatus.DISMISSED),
}
