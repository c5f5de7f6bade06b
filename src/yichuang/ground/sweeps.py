"""What ground does again and again: seal the settled trail, forget old answers."""

from __future__ import annotations

from .once import forget_old
from .seals import seal_settled

SWEEPS = [("封存留痕", 2.0, seal_settled), ("清理旧回答", 24 * 3600.0, forget_old)]
