"""微信公众号：the same facts as an article, by sections; the page draws them, and they are plain text too."""

from __future__ import annotations

from dataclasses import dataclass

from .subject import Paper, Subject


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, and a list below them."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """公众号文章."""

    title: str
    intro: str
    sections: tuple[Section, ...]
    foot: str

    @property
    def text(self) -> str:
        """The whole as plain text, for any editor."""
        parts = [self.title, self.intro]
        for section in self.sections:
            rows = [f"{place}. {row}" for place, row in enumerate(section.rows, start=1)]
            parts.append("\n".join([f"【{section.heading}】", *section.paragraphs, *rows]))
        return "\n\n".join([*parts, self.foot])


def article(subject: Subject, link: str) -> Article:
    """公众号文章：四公开, where, what it costs. `link` is the counted address."""
    hall = subject.hall
    slowest = "最慢 " if subject.kind == "bundle" else ""
    takes = f"{slowest}{subject.limit}办好" if subject.workdays else "当场办完"
    brings = f"带 {subject.count} 样材料" if subject.count else "人来就行"
    cost = "不收费" if subject.is_free else "收费按规定"
    called = f"（大家常说的“{subject.said}”）" if subject.said not in subject.name else ""
    sections = [
        Section("谁能办", (subject.who,)),
        Section("要带什么", *_to_bring(subject)),
        _perhaps(subject),
        _steps(subject),
        Section("多久办好", (_promise(subject),)),
        Section("收费", (subject.fee + ("" if subject.fee.endswith("。") else "。"),)),
        Section(
            "在哪里办",
            (
                f"{hall.name}{f'，{hall.address}' if hall.address else ''}。",
                f"开门时间：{hall.open_when}。",
                f"{subject.windows or '各窗口都能办'}。电话：{subject.phone}。",
                "老人、病人出不了门，打电话就上门办。",
            ),
        ),
        Section("别白跑一趟", (), subject.mistakes),
        Section("扫码看自己的清单", ("答几个问题，就知道您自己要带哪几样。", link)),
    ]
    return Article(
        title=f"{subject.name}怎么办？{brings}，{takes}",
        intro=f"{subject.name}{called}，在{hall.name}一个窗口就能办，{cost}。下面一次给您说清楚。",
        sections=tuple(section for section in sections if section.rows or section.paragraphs),
        foot=f"{hall.town}　{subject.code}　{subject.version}",
    )


def _to_bring(subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = tuple(f"{paper.name}（{paper.form}）" for paper in subject.always)
    rows += tuple(f"{'，或者'.join(named(paper) for paper in group)}：有一样就行" for group in subject.one_of)
    forms = f"另有 {subject.printed} 份表由窗口打印，您签字就行" if subject.printed else ""
    if not rows:
        return (f"什么材料都不用带，人来就行{f'；{forms}' if forms else ''}。",), rows
    lead = "全部一起办要下面这些" if subject.kind == "bundle" else "人人都要下面这些"
    return (f"{lead}{f'，{forms}' if forms else ''}：",), rows


def _perhaps(subject: Subject) -> Section:
    rows = tuple(
        f"{when or '另有情形'}：{'、'.join(named(paper) for paper in group)}"
        for when, group in subject.situations.items()
    )
    return Section("看情形还要带", (), rows)


def _steps(subject: Subject) -> Section:
    if subject.kind == "bundle":
        rows = tuple(f"{step.name}：{step.days}" for step in subject.steps)
        return Section("怎么办", ("材料一次交齐，窗口一次收下，下面几件分头去办：",), rows)
    return Section("怎么办", (), tuple(f"{step.name}：{step.days}" for step in subject.steps))


def _promise(subject: Subject) -> str:
    if not subject.workdays:
        return "材料齐的，来了就办完。"
    if subject.kind == "bundle":
        return f"最慢的一件 {subject.workdays} 个工作日办好，各件自己算，不互相等。"
    return f"收下以后最多 {subject.workdays} 个工作日（法律规定 {subject.statutory} 个工作日）。"


def named(paper: Paper) -> str:
    """居民身份证（原件）"""
    return f"{paper.name}（{paper.form}）"
