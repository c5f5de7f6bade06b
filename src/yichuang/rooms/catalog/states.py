"""The life of an item version."""

from __future__ import annotations

from django.db import models


class VersionStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    PROPOSED = "proposed", "待发布"
    PUBLISHED = "published", "已发布"
    RETIRED = "retired", "已停用"


MOVES: dict[str, tuple[set[str], str]] = {
    "propose": ({VersionStatus.DRAFT}, VersionStatus.PROPOSED),
    "send_back": ({VersionStatus.PROPOSED}, VersionStatus.DRAFT),
    "publish": ({VersionStatus.PROPOSED}, VersionStatus.PUBLISHED),
    "retire": ({VersionStatus.PUBLISHED}, VersionStatus.RETIRED),
}
