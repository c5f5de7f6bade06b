"""The second half: signature, reviews, the result, the message, the rating, the figures, the trail."""

from __future__ import annotations

import time
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from .papers import a_picture
from .party import Party
from .steps import Fallen, Page, Slip, Step, given, must, refused

MESSAGE_SECONDS = 60.0


class Afterwards(Party):
    """What happens behind the hall, and when the resident comes back."""

    def sign(self) -> Step:
        """村主任签字：签的就是看到的那一份。"""
        place = ("village_heads", self.resident.village)
        head = self.cast.staff(*place)
        task = self._task(given(self.caller.get("/signing/tray", head), 200))
        sheet = given(self.caller.get(f"/signing/{task['id']}", head), 200)
        paper = self._document(sheet["document_url"], head)
        must(sha256(paper).hexdigest() == sheet["digest"], "签批单和摘要对不上")
        strokes = "data:image/png;base64," + b64encode(a_picture("签名").content).decode()
        said = {"digest": sheet["digest"], "pin": self.cast.account(*place)["pin"], "strokes": strokes}
        other = {**said, "digest": "0" * 64}
        refused(self.caller.post(f"/signing/{task['id']}/sign", other, head), 409, "digest_differs")
        signed = given(self.caller.post(f"/signing/{task['id']}/sign", said, head), 200)
        must(signed["status"] == "signed", "没有签成")
        refused(self.caller.post(f"/signing/{task['id']}/sign", said, head), 409)
        told = f"{task['place']}{self.cast.account(*place).get('name', '')}签了 {sheet['digest'][:12]}…（{sheet['words']}）；换一份签不了，签过的不能再签"
        slips = [Slip("签批单", self._document(sheet["document_url"], head))] if self.with_papers else []
        page = Page(f"/desk/sign/{task['id']}/", head, "phone")
        return Step("村主任签字", told, page, slips, figure=f"摘要 {sheet['digest'][:6]}")

    def review(self, office: str) -> Step:
        """部门审核，按流程的先后。"""
        reviewer = self.cast.staff("reviewers", office)
        later = self._later_than(office)
        task = self._task(given(self.caller.get("/reviews/tray", reviewer), 200))
        for other in later:
            tray = given(self.caller.get("/reviews/tray", self.cast.staff("reviewers", other)), 200)
            must(all(each["case"] != self.number for each in tray["tasks"]), f"还没轮到 {other} 就到了它那里")
        claimed = given(self.caller.post(f"/reviews/{task['id']}/claim", token=reviewer), 200)
        must(claimed["status"] == "claimed", "没有领到件")
        said = {"verdict": "agree", "reason": "材料齐全，情况属实，同意。"}
        done = given(self.caller.post(f"/reviews/{task['id']}/opinion", said, reviewer), 200)
        must(done["status"] == "done" and done["verdict"] == "agree", "没有给出意见")
        self.case = given(self.caller.get(f"/cases/{self.number}", self.clerk), 200)
        state = self._item(self.chosen.promised["code"])
        told = f"{done['place']}{done['by']}：同意；这件事现在“{state['status_name']}”"
        return Step("审核", told, Page(f"/desk/review/{task['id']}/", reviewer), figure="同意")

    def _later_than(self, office: str) -> list[str]:
        route = self.chosen.promised["route"]
        stage = next(count for count, together in enumerate(route) if office in together)
        return [other for together in route[stage + 1 :] for other in together]

    def _task(self, tray: dict[str, Any]) -> dict[str, Any]:
        for task in tray["tasks"]:
            if task["case"] == self.number and task["item"] == self.chosen.promised["code"]:
                return dict(task)
        raise Fallen(f"待办里没有 {self.number}")

    def issue(self) -> Step:
        """出件：两件事各一份结果。"""
        self.results = given(self.caller.post(f"/cases/{self.number}/issue", token=self.clerk), 200)[
            "results"
        ]
        must({each["item"] for each in self.results} == set(self.chosen.codes), "结果的份数不对")
        slips = []
        for result in self.results:
            paper = self._document(result["document_url"], self.clerk)
            must(
                paper.startswith(b"%PDF") and sha256(paper).hexdigest() == result["digest"],
                "结果文件和摘要对不上",
            )
            slips.append(Slip(result["title"], paper))
        told = "；".join(f"{each['title']} {each['number']}" for each in self.results)
        slips = slips if self.with_papers else []
        return Step("出件", told, self._desk_page(), slips, figure=f"{len(self.results)} 份结果")

    def verify(self) -> Step:
        """谁都能凭查验码核对；改一个字就查不到。"""
        for result in self.results:
            checked = given(self.caller.get(f"/verify/{result['check_code']}"), 200)
            must(
                checked["digest"] == result["digest"] and checked["number"] == result["number"],
                "查验结果对不上",
            )
            must(self.resident.name not in str(checked), "查验页露出了全名")
        code = self.results[0]["check_code"]
        refused(self.caller.get(f"/verify/{code[:-1]}{'2' if code[-1] != '2' else '3'}"), 404)
        return Step(
            "查验",
            f"查验码 {code}：真的，持有人 {checked['holder']}",
            Page(f"/verify/{code}", screen="phone"),
            figure="真",
        )

    def be_messaged(self) -> Step:
        """短信：受理了、结果出来了，里面没有姓名。"""
        begun, wanted = time.monotonic(), ("已受理", "结果出来了")
        while True:
            page = self.caller.page("/sent/")
            must(page.ok, f"/sent/ 打不开：{page.status}")
            shown = [each for each in _messages(page.content.decode()) if self.number in each]
            waited = time.monotonic() - begun
            if all(any(words in each for each in shown) for words in wanted):
                break
            # A message in the hands of a worker that was killed is sent two minutes later.
            must(waited < MESSAGE_SECONDS + 4 * self.caller.patience, f"等了 {waited:.0f} 秒，短信没有发出来")
            time.sleep(0.5)
        must(not any(self.resident.name in each for each in shown), "短信里有姓名")
        return Step(
            "短信",
            f"发出 {len(shown)} 条，等了 {waited:.1f} 秒，里面没有姓名",
            Page("/sent/?still", screen="phone"),
            figure=f"{len(shown)} 条",
        )

    def hand_over(self) -> Step:
        """领取：核对身份证后四位，件就办结了。"""
        receiver = {"receiver": self.resident.name, "last_four": self.resident.id_number[-4:]}
        path = f"/results/{self.results[0]['number']}/hand-over"
        refused(
            self.caller.post(path, {**receiver, "last_four": "0000"}, self.clerk), 409, "receiver_differs"
        )
        for result in self.results:
            handed = given(
                self.caller.post(f"/results/{result['number']}/hand-over", receiver, self.clerk), 200
            )
            must(handed["status"] == "delivered", "没有领成")
            self.invitations["case"] = handed["invitation"]
        self.case = given(self.caller.get(f"/cases/{self.number}", self.clerk), 200)
        must({item["status"] for item in self.case["items"]} == {"closed"}, "领走了还没有办结")
        return Step(
            "领取",
            f"{self.resident.name}核对身份证，领走 {len(self.results)} 份",
            self._desk_page(),
            figure="办结",
        )

    def track(self) -> Step:
        """居民自己查：每一步谁办的、哪天办的。"""
        token = self.case["track_url"].rpartition("/")[2]
        told = given(self.caller.get(f"/track/{token}"), 200)
        must(all(item["status"] == "closed" for item in told["items"]), "查进度和实际不一样")
        must(self.resident.name not in str(told), "查进度露出了姓名")
        ways = "；".join(f"{item['name']}：{len(item['steps'])} 步走完" for item in told["items"])
        steps = sum(len(item["steps"]) for item in told["items"])
        return Step("查进度", ways, Page(f"/track/{token}", screen="phone"), figure=f"{steps} 步")

    def rate(self) -> Step:
        """评价：一次服务评一次。"""
        for invitation in self.invitations.values():
            offered = given(self.caller.get(f"/ratings/{invitation}"), 200)
            must(offered["is_over"] and offered["rating"] is None, "还不能评价，或者已经有人评了")
            said = {"grade": 5, "reasons": ["once", "clear"]}
            given(self.caller.post(f"/ratings/{invitation}", said), 201)
            refused(self.caller.post(f"/ratings/{invitation}", {"grade": 1}), 409, "already_rated")
        told = "窗口服务和办件各评一次：非常满意；再评一次评不上"
        page = Page(f"/rate/{self.invitations['case']}", screen="phone")
        return Step("评价", told, page, figure="非常满意")

    def count(self) -> Step:
        """数字：来访、办件、评价都多了，点开有这一次的记录。"""
        after, lines = self._figures(), []
        for name, more in (("visitors", 1), ("accepted_cases", 1), ("satisfaction", 2)):
            was, now = self.before[name], after[name]
            must(
                now["whole"] >= was["whole"] + more,
                f"{now['label']}没有增加：{was['whole']} → {now['whole']}",
            )
            label = "评价" if name == "satisfaction" else now["label"]
            lines.append(f"{label} {was['whole']} → {now['whole']}")
        must(self._is_recorded("visitors", f"{self.ticket['number']} "), "来访的记录里没有这个号")
        must(self._is_recorded("accepted_cases", self.number), "办件的记录里没有这一件")
        page = Page("/office/figures/", self.cast.staff("supervisor"))
        return Step("数字", "，".join(lines), page, figure=f"满意度 {after['satisfaction']['value']}%")

    def check(self) -> Step:
        """留痕：整条链数一遍，没有一处被改过。"""
        auditor = self.cast.staff("auditor")
        checked = given(self.caller.get("/trail/check", auditor), 200)
        must(checked["first_bad"] is None, f"留痕对不上：{checked['first_bad']}")
        must(checked["events"] > 0, "留痕还没有封条")
        told = f"{checked['events']} 条、{checked['seals']} 个封条，处处对得上"
        return Step("核对留痕", told, Page("/screen/", screen="wall"), figure=f"{checked['events']} 条")


def _messages(page: str) -> list[str]:
    """The messages of /sent/, each as plain text."""
    reader = _Messages()
    reader.feed(page)
    return reader.found


class _Messages(HTMLParser):
    """The text of a page, cut where a list entry begins."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("li", "article", "tr"):
            self.found.append("")

    def handle_data(self, data: str) -> None:
        self.found[-1] += data
