"""What bringing in a file would do to a town that has a catalogue: a comparison, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from ..rules import Difference, ItemSpec, differences, may_edit
from .folder import BundleRow, TownFolder


@dataclass(frozen=True)
class Standing:
    """An item of the town whether published or not: whose it is, and the version that is being worked on."""

    office: str
    open_number: int = 0  # 0: none is open
    open_state: str = ""


@dataclass(frozen=True)
class Change:
    """Something the file says otherwise than the town, or that the town has not."""

    code: str
    name: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What would happen. With obstacles nothing of it may."""

    unchanged: tuple[str, ...]
    changed: tuple[Change, ...]
    new: tuple[Change, ...]
    absent: tuple[Change, ...]  # the file does not name them: they stay as they are
    bundles: tuple[Change, ...]
    offices: tuple[Change, ...]
    said: tuple[str, ...]  # other things that differ and are not changed by an import
    obstacles: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        return not (self.changed or self.new or self.bundles or self.offices)

    @property
    def codes(self) -> frozenset[str]:
        """The items that get a new version."""
        return frozenset(change.code for change in (*self.changed, *self.new))

    @property
    def sign(self) -> str:
        """Twelve signs that are others as soon as anything else would happen."""
        what = (self.changed, self.new, self.bundles, self.offices)
        return sha256(repr(what).encode()).hexdigest()[:12]


def plan(
    *, folder: TownFolder, town: TownFolder, standing: Mapping[str, Standing], own_office: str = ""
) -> Plan:
    """试装：compare a file without faults with what the town has. `own_office`: that of an office's own editor."""
    have = {item.code: item for item in town.items}
    named = {item.code for item in folder.items}
    unchanged: list[str] = []
    changed: list[Change] = []
    new: list[Change] = []
    for item in folder.items:
        old = have.get(item.code)
        if old is not None and old == plain(item):
            unchanged.append(item.code)
            continue
        change = Change(item.code, item.name, differences(old, item))
        (new if old is None else changed).append(change)
    bundles, offices = _bundles(folder, town), _offices(folder, town)
    same = set(unchanged)
    touched = [item for item in folder.items if item.code not in same]
    obstacles = _obstacles(touched, standing, own_office)
    if own_office and (bundles or offices):
        names = "、".join(f"“{change.name}”" for change in (*offices, *bundles))
        obstacles.append(f"部门和一件事由管全镇目录的人改：{names}和系统里的不一样")
    return Plan(
        unchanged=tuple(unchanged),
        changed=tuple(changed),
        new=tuple(new),
        absent=tuple(Change(item.code, item.name) for item in town.items if item.code not in named),
        bundles=bundles,
        offices=offices,
        said=tuple(_said(folder, town)) if standing else (),  # a new town gets all of it
        obstacles=tuple(obstacles),
    )


def plain(item: ItemSpec) -> ItemSpec:
    """What an item says, whichever version it is."""
    return replace(item, version_id=0, version_number=1)


def _obstacles(touched: Sequence[ItemSpec], standing: Mapping[str, Standing], own_office: str) -> list[str]:
    found = []
    for item in touched:
        stands = standing.get(item.code)
        if stands and stands.open_number:
            state = f"第{stands.open_number}版“{stands.open_state}”"
            found.append(f"{item.code} {item.name}：{state}还没有定下来，请先发布或者放弃那一版")
        if stands and stands.office != item.office:
            found.append(f"{item.code} {item.name}：主办部门不能换，系统里是 {stands.office}")
        if not may_edit(own_office, item.office):
            found.append(f"{item.code} {item.name}：是 {item.office} 的事项，您不能改")
    return found


def _bundles(folder: TownFolder, town: TownFolder) -> tuple[Change, ...]:
    have = {bundle.key: bundle for bundle in town.bundles}
    return tuple(
        Change(bundle.key, bundle.name, _rows("一件事", _bundle(have.get(bundle.key)), _bundle(bundle)))
        for bundle in folder.bundles
        if have.get(bundle.key) != bundle
    )


def _bundle(bundle: BundleRow | None) -> dict[str, str]:
    if bundle is None:
        return {}
    return {"名称": bundle.name, "说明": bundle.intro, "包含的事项": "、".join(bundle.codes)}


def _offices(folder: TownFolder, town: TownFolder) -> tuple[Change, ...]:
    have = {office.code: office for office in town.offices}
    titles = {"name": "部门名称", "kind": "类别", "duty": "职责", "phone": "电话"}
    changes = []
    for office in folder.offices:
        old = have.get(office.code)
        if old != office:
            before, after = (
                {titles[name]: str(cell) for name, cell in asdict(each).items() if name in titles}
                if each
                else {}
                for each in (old, office)
            )
            changes.append(Change(office.code, office.name, _rows("部门", before, after)))
    return tuple(changes)


def _rows(part: str, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(part, what, before.get(what, ""), cell)
        for what, cell in after.items()
        if before.get(what, "") != cell
    )


def _said(folder: TownFolder, town: TownFolder) -> list[str]:
    """What differs and stays: places a hall changes elsewhere, and what the file does not name."""
    said = []
    if {row.code: row for row in folder.villages} != {row.code: row for row in town.villages}:
        said.append("村和社区和系统里的不一样，导入不改，请在镇的设置里改。")
    if set(folder.windows) != set(town.windows):
        said.append("窗口和系统里的不一样，导入不改，请大厅负责人改。")
    if set(folder.hours) != set(town.hours):
        said.append("开放时间和系统里的不一样，导入不改，请大厅负责人改。")
    keys = {bundle.key for bundle in folder.bundles}
    codes = {office.code for office in folder.offices}
    for what, absent in (
        ("一件事", [bundle.name for bundle in town.bundles if bundle.key not in keys]),
        ("部门", [office.name for office in town.offices if office.code not in codes]),
    ):
        if absent:
            said.append(f"文件里没有{what}：{'、'.join(absent)}。系统里的保留。")
    return said
