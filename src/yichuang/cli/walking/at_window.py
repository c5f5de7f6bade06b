"""The first half: from the kiosk to the end at the window."""

from __future__ import annotations

import time
from datetime import date

from .choice import answers_to, choose, filled
from .papers import a_picture, a_scan
from .party import Party
from .people import a_resident
from .steps import Fallen, Page, Step, given, must, refused

TAKES = 5  # a ticket that another walk's clerk passed over is taken anew, at most so often
READY_SECONDS = 60.0  # a system that has just started: its background worker comes a little later


class AtWindow(Party):
    """What happens while the resident is in the hall."""

    def look_in(self) -> Step:
        """大厅开着吗，今天的数是多少。"""
        begun = time.monotonic()
        while (state := self.caller.page("/healthz").json or {}).get("worker") != "ok":
            must(time.monotonic() - begun < READY_SECONDS, f"系统没有准备好：{state}")
            time.sleep(0.5)
        board = given(self.caller.get("/board"), 200)
        must(board["hall"]["is_open"], f"大厅没有开门，{board['hall']['opens']}")
        self.today = board["at"][:10]
        self.before = self._figures()
        self.chosen = choose(self.caller, self.cast)
        self.resident = a_resident(date.fromisoformat(self.today))
        told = "，".join(f"{each['label']} {each['value']}" for each in self.before.values() if each["whole"])
        return Step(
            "看大厅",
            f"开着，{board['waiting']} 人在等；今天到现在：{told or '还没有人来'}",
            Page("/board/", screen="wall"),
            figure=f"{board['waiting']} 人在等",
        )

    def take_ticket(self) -> Step:
        """72 岁的居民在取号机上刷身份证取号。"""
        wish = {"id_number": self.resident.id_number, "items": list(self.chosen.codes)}
        kiosk = self.cast.device("kiosk")
        self.ticket = given(self.caller.post("/tickets", wish, kiosk), 201)
        now = given(self.caller.get(f"/tickets/{self.ticket['id']}", kiosk), 200)
        must(now["priority"] == 1, "72 岁没有优先")
        token = self.ticket["track_url"].rpartition("/")[2]
        tracked = given(self.caller.get(f"/track/{token}"), 200)
        must(tracked["kind"] == "ticket" and tracked["number"] == self.ticket["number"], "凭票查不到排队")
        ahead, minutes = self.ticket["ahead"], self.ticket["wait_minutes"]
        told = f"{self.ticket['number']}，72 岁优先，前面 {ahead} 人，大约等 {minutes} 分钟"
        return Step("取号", told, Page(f"/kiosk/ticket/{token}", screen="kiosk"), figure=f"等 {minutes} 分钟")

    def be_called(self) -> Step:
        """窗口开窗、叫号；别人的号先叫到的，等他来，不来的过号。"""
        for _ in range(TAKES):
            now = self.calling.until_called(self.ticket["id"])
            if now["status"] == "called" and self._come(now["window"]):
                break
            self.take_ticket()  # another walk's clerk did not wait long enough
        else:
            raise Fallen("号被别的窗口过掉了好几次")
        self.calling.shown_on_board(now["number"], self.window)
        self.calling.settle()
        others = f"，先叫的 {'、'.join(self.calling.passed)} 没来，过号" if self.calling.passed else ""
        waited = f"{now['wait_minutes']} 分钟" if now["wait_minutes"] else "没有等"
        told = f"请 {now['number']} 到 {self.window} 号窗口，大厅显示屏上有了{others}"
        return Step("叫号", told, Page("/board/", screen="wall"), figure=waited)

    def _come(self, window: int) -> bool:
        """She goes to the window at once and its clerk begins; False when her number was passed over meanwhile."""
        self.window = window
        self.seat = self.calling.clerk_at(window)
        self.clerk = self.cast.staff(*self.seat)
        return self.caller.post(f"/tickets/{self.ticket['id']}/start", token=self.clerk).ok

    def begin(self) -> Step:
        """人到了，开始办。"""
        window = given(self.caller.get(f"/windows/{self.window}", self.clerk), 200)
        must(window["ticket"] and window["ticket"]["number"] == self.ticket["number"], "窗口手上不是这个号")
        must(window["ticket"]["status"] == "serving", "没有开始办理")
        told = f"{self.window} 号窗口{window['clerk']}请{self.resident.name}坐下"
        return Step("开始办理", told, Page("/desk/", self.clerk), figure=f"{self.window} 号窗口")

    def open_case(self) -> Step:
        """两件事一起收：材料合在一起，重复的只要一份。"""
        listed = given(self.caller.post("/catalog/checklist", {"items": list(self.chosen.codes)}), 200)
        papers = [(paper["name"], paper["person"]) for paper in listed["materials"]]
        must(len(papers) == len(set(papers)), "同一份材料列了两次")
        shared = [paper["name"] for paper in listed["materials"] if len(paper["items"]) > 1]
        body = {
            "items": list(self.chosen.codes),
            "applicant": self.resident.told,
            "ticket": self.ticket["id"],
        }
        self.case = given(self.caller.post("/cases", body, self.clerk), 201)
        ours = {paper["name"] for paper in listed["materials"] if not paper["brought"]}
        must(not ours & {paper["name"] for paper in self.case["missing"]}, "让居民带窗口自己打印的材料")
        must(self.case["unanswered"], "没有说还有哪些情形没问")
        problem = refused(
            self.caller.post(f"/cases/{self.number}/submit", token=self.clerk), 422, "questions_unanswered"
        )
        must(
            set(problem["fields"]) == {asked["key"] for asked in self.case["unanswered"]},
            "提交时没有把没答的问题说全",
        )
        names = "、".join(each["short_name"] for each in self.chosen.items)
        told = f"{self.number}：{names}；{len(papers)} 份材料，合用 {'、'.join(shared) or '0 份'}，{len(self.case['unanswered'])} 个情形要问"
        return Step("收件", told, self._desk_page(), figure=f"{len(papers)} 份材料")

    def answer(self) -> Step:
        """问情形、填表：每个问题只问一次。"""
        asked = len(self.case["unanswered"])
        listed = given(self.caller.post("/catalog/checklist", {"items": list(self.chosen.codes)}), 200)
        draft = {
            "answers": answers_to(self.chosen),
            "fields": filled(listed["fields"], self.resident, self.today),
        }
        self.case = given(self.caller.post(f"/cases/{self.number}/draft", draft, self.clerk), 200)
        must(self.case["unanswered"] == [], "答过的问题还在问")
        told = f"答了 {asked} 个情形，填了 {len(draft['fields'])} 栏；要带 {len(self.case['missing'])} 份材料"
        return Step("问情形", told, self._desk_page(), figure=f"{asked} 个情形")

    def submit(self) -> Step:
        """提交；材料没齐，受理不了，说得出缺什么。"""
        self.case = given(self.caller.post(f"/cases/{self.number}/submit", token=self.clerk), 200)
        must({item["status"] for item in self.case["items"]} == {"submitted"}, "没有提交成功")
        problem = refused(
            self.caller.post(f"/cases/{self.number}/accept", token=self.clerk), 409, "materials_missing"
        )
        must(all(paper["name"] in problem["detail"] for paper in self.case["missing"]), "没有把缺的材料说全")
        told = f"材料没齐，受理不了：{problem['detail']}"
        return Step("提交", told, self._desk_page(), figure=f"还缺 {len(self.case['missing'])} 份")

    def be_told_once(self) -> Step:
        """一次性告知：缺的全在一张纸上，第二次告知出不来。"""
        missing = {(paper["name"], paper["person"]) for paper in self.case["missing"]}
        self.case = given(self.caller.post(f"/cases/{self.number}/request-correction", token=self.clerk), 200)
        (notice,) = self.case["notices"]
        named = {(row["name"], row["person"]) for row in notice["missing"] if row["need"] == "required"}
        must(named == missing, f"告知书不全：缺 {missing - named}，多 {named - missing}")
        must(all(row["how"] for row in notice["missing"]), "告知书没有说怎么补")
        must({item["status"] for item in self.case["items"]} == {"correcting"}, "没有进入补正")
        refused(self.caller.post(f"/cases/{self.number}/request-correction", token=self.clerk), 409)
        told = f"缺 {len(missing)} 份，一次说全：{'、'.join(sorted(name for name, _ in missing))}；第二次告知出不来"
        slips = self._slips(("一次性告知书", f"/desk/case/{self.number}/notice.pdf", self.clerk))
        return Step("一次性告知", told, self._desk_page(), slips, figure=f"缺 {len(missing)} 份")

    def bring_papers(self) -> Step:
        """补齐材料：照片和 PDF 都收，重新提交。"""
        brought, groups = [], set()
        for count, paper in enumerate(self.case["missing"]):
            if paper["choice"] in groups:
                continue
            groups |= {paper["choice"]} - {""}
            file = a_scan(paper["name"]) if count % 2 else a_picture(paper["name"])
            fields = {"material": paper["name"], "person": paper["person"]}
            given(self.caller.send(f"/cases/{self.number}/documents", fields, file, self.clerk), 201)
            brought.append(file.name)
        self.case = given(self.caller.post(f"/cases/{self.number}/resubmit", token=self.clerk), 200)
        must(self.case["missing"] == [], "补齐了还说缺")
        must(len(self.case["documents"]) == len(brought), "收到的材料份数不对")
        told = f"收到 {'、'.join(brought)}，材料齐了"
        return Step("补材料", told, self._desk_page(), figure=f"收到 {len(brought)} 份")

    def accept(self) -> Step:
        """受理承诺件：承诺的日子和工作日历算的一样。"""
        code = self.chosen.promised["code"]
        self.case = given(self.caller.post(f"/cases/{self.number}/accept", {"only": [code]}, self.clerk), 200)
        item = self._item(code)
        must(item["status"] == "reviewing", "没有受理成功")
        days = self.chosen.promised["promised_workdays"]
        due = given(self.caller.get("/workdays/add", days=days, **{"from": item["accepted_at"][:10]}), 200)
        must(
            (item["promised_by"], item["provisional"]) == (due["date"], due["provisional"]),
            f"承诺 {item['promised_by']}，日历算出来是 {due['date']}",
        )
        told = f"{item['name']}：{days} 个工作日，最迟 {item['promised_by']} 办好（日历复核一致）"
        slips = self._slips(("受理通知书", f"/desk/case/{self.number}/receipt.pdf", self.clerk))
        return Step("受理", told, self._desk_page(), slips, figure=f"承诺 {item['promised_by']}")

    def decide(self) -> Step:
        """即办件当场办结。"""
        code = self.chosen.on_the_spot["code"]
        self.case = given(self.caller.post(f"/cases/{self.number}/decide", {"item": code}, self.clerk), 200)
        item = self._item(code)
        must(item["status"] == "granted", "没有当场办结")
        return Step("当场办结", f"{item['name']}：当场准予", self._desk_page(), figure="0 个工作日")

    def finish(self) -> Step:
        """这一位办完了，请评价。"""
        step = given(self.caller.post(f"/tickets/{self.ticket['id']}/finish", token=self.clerk), 200)
        must(step["status"] == "finished" and step["invitation"], "没有办完")
        self.invitations["ticket"] = step["invitation"]
        token = self.ticket["track_url"].rpartition("/")[2]
        page = Page(f"/ticket/{token}", screen="phone")
        told = f"{step['number']} 办完，请他评价"
        return Step("窗口办完", told, page, figure=f"用时 {step['minutes']} 分钟")

    def keep_outsiders_out(self) -> Step:
        """外镇的人看不到，本镇不相干的部门也看不到。"""
        outsider = self.cast.staff("other_town_clerk")
        refused(self.caller.get(f"/cases/{self.number}", outsider), 404)
        refused(self.caller.get(f"/tickets/{self.ticket['id']}", outsider), 404)
        refused(self.caller.post(f"/cases/{self.number}/issue", token=outsider), 404)
        here = {office for item in self.chosen.items for stage in item["route"] for office in stage}
        away = next(office for office in self.cast.accounts["staff"]["reviewers"] if office not in here)
        refused(self.caller.get(f"/cases/{self.number}", self.cast.staff("reviewers", away)), 404)
        told = f"外镇的工作人员、本镇 {away} 的审核人员查 {self.number}，都是“没有找到”"
        return Step("外人看不到", told, Page(f"/desk/case/{self.number}/", outsider), figure="404")
