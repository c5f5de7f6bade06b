"""What there is to look at: every page of the house, who has reason to look at it, and on what."""

from __future__ import annotations

from dataclasses import dataclass

Size = tuple[int, int]


@dataclass(frozen=True)
class Door:
    """Where a page is used: the sizes of the glass, and whether the elder mode is offered there."""

    sizes: tuple[Size, ...]
    elder: bool = False
    is_whole: bool = True  # photographed to its end; a clerk's screen, a kiosk and a wall as they stand
    on_phone: bool = False  # must do with 320 pixels


PORTAL = Door(((360, 740), (768, 1024), (1366, 900)), elder=True, on_phone=True)
PHONE = Door(((360, 740),), elder=True, on_phone=True)
STAFF = Door(((360, 740), (1366, 900)), on_phone=True)
KIOSK = Door(((1080, 1920),), elder=True, is_whole=False)
WALL = Door(((1920, 1080),), is_whole=False)
DESK = Door(((1366, 768), (1920, 1080)), is_whole=False)
OFFICE = Door(((1366, 900),))


@dataclass(frozen=True)
class View:
    """One page as one person sees it. Blanks in `path` and `who` are filled by what was played (scene.Morning)."""

    name: str
    path: str
    door: Door
    who: str = ""  # the place of an account in demo-accounts.json; empty for everybody
    opens: str = ""  # a dialog of the page that is opened


# Answers to the two pre-check questions of MZ-010 (their keys are digests of the questions) and to its own.
CAN = "pre_c56dd153=在&pre_ade6604a=满了&proxy=替别人办&elder_dead=不是"
CANNOT = "pre_c56dd153=不在&pre_ade6604a=满了"

VIEWS = (
    View("home", "/", PORTAL),
    View("home-english", "/language?to=en&next=/", PORTAL),
    View("items", "/items/", PORTAL),
    View("search", "/search?q=农村医保怎么交", PORTAL),
    View("search-nothing", "/search?q=造火箭", PHONE),
    View("guide", "/guide/MZ-010", PORTAL),
    View("guide-can", f"/guide/MZ-010?{CAN}", PORTAL),
    View("guide-cannot", f"/guide/MZ-010?{CANNOT}", PHONE),
    View("guide-thanks", "/guide/MZ-010?thanks=no", PHONE),
    View("guide-english", "/language?to=en&next=/guide/MZ-010", PORTAL),
    View("event", "/event/newborn", PORTAL),
    View("event-order", "/event/small_restaurant", PHONE),
    View("list", "/list/{saved_list}", PORTAL),
    View("list-ask", "/list/", PHONE),
    View("list-unknown", "/list/AAAA2222", PHONE),
    View("track-find", "/track/", PHONE),
    View("track", "/track/{underway}", PORTAL),
    View("track-missing", "/track/{told}", PHONE),
    View("track-refused", "/track/{refused}", PHONE),
    View("track-done", "/track/{ended}", PHONE),
    View("track-ticket", "/track/{waiting}", PHONE),
    View("verify-ask", "/verify/", PHONE),
    View("verify", "/verify/{check_code}", PORTAL),
    View("verify-unknown", "/verify/AAAA-BBBB-CCCC-DDDD", PHONE),
    View("rate", "/rate/{invitation}", PHONE),
    View("rate-done", "/rate/{rated}", PHONE),
    View("rate-skipped", "/rate/{invitation}?skip=1", PHONE),
    View("ticket", "/ticket/{waiting}", PHONE),
    View("ticket-done", "/ticket/{served}", PHONE),
    View("elder", "/elder?next=/", PHONE),
    View("sent", "/sent/?still=1", PORTAL),
    View("lost", "/guide/XX-999", PORTAL),
    View("kiosk", "/kiosk/", KIOSK),
    View("kiosk-items", "/kiosk/items/", KIOSK),
    View("kiosk-office", "/kiosk/items/?office=MZ", KIOSK),
    View("kiosk-letters", "/kiosk/items/?q=", KIOSK),
    View("kiosk-list", "/kiosk/list/", KIOSK),
    View("kiosk-number", "/kiosk/number/?queue=general&way=id", KIOSK),
    View("kiosk-phone", "/kiosk/number/?queue=general&way=phone", KIOSK),
    View("kiosk-ticket", "/kiosk/ticket/{waiting}", KIOSK),
    View("kiosk-english", "/language?to=en&next=/kiosk/", KIOSK),
    View("kiosk-items-english", "/language?to=en&next=/kiosk/items/%3Foffice=MZ", KIOSK),
    View("kiosk-ticket-english", "/language?to=en&next=/kiosk/ticket/{waiting}", KIOSK),
    View("kiosk-pair", "/kiosk/pair/", KIOSK),
    View("board", "/board/", WALL),
    View("screen", "/screen/", WALL),
    View("windows", "/desk/", DESK, "clerks/8"),
    View("desk-idle", "/desk/", DESK, "{seat_free}"),
    View("desk-rate", "/desk/?rate={ticket_served}", DESK, "{seat_free}"),
    View("desk-pause", "/desk/", DESK, "{seat_free}", opens="pause"),
    View("desk-find-box", "/desk/", DESK, "{seat_free}", opens="find"),
    View("desk-open", "/desk/open/?items=MZ-010,SB-002", DESK, "{seat_free}"),
    View("desk-draft", "/desk/case/{case_draft}/", DESK, "{seat_busy}"),
    View("desk", "/desk/case/{case_at_desk}/", DESK, "{seat_busy}"),
    View("desk-told", "/desk/case/{case_told}/", DESK, "{seat_told}"),
    View("desk-underway", "/desk/case/{case_underway}/", DESK, "{seat_busy}"),
    View("desk-collect", "/desk/case/{case_to_collect}/", DESK, "{seat_busy}"),
    View("desk-refused", "/desk/case/{case_refused}/", DESK, "{seat_busy}"),
    View("desk-find", "/desk/find/", DESK, "{seat_free}"),
    View("desk-invitation", "/desk/invitation/{ticket_served}/", DESK, "{seat_free}"),
    View("review", "/desk/review/", DESK, "reviewers/MZ"),
    View("review-signed", "/desk/review/{task}/", DESK, "reviewers/MZ"),
    View("review-empty", "/desk/review/", DESK, "reviewers/YB"),
    View("sign", "/desk/sign/", PHONE, "village_heads/V04"),
    View("sign-sheet", "/desk/sign/{sheet}/", PHONE, "village_heads/V04"),
    View("sign-return", "/desk/sign/{sheet}/", PHONE, "village_heads/V04", opens="return"),
    View("sign-in", "/office/sign-in/", PORTAL),
    View("sign-out", "/office/sign-out/", PHONE, "supervisor"),
    View("office", "/office/", PORTAL, "hall_manager"),
    View("figures", "/office/figures/", OFFICE, "supervisor"),
    View("figures-recounted", "/office/figures/?recount=1", OFFICE, "supervisor"),
    View("records", "/office/figures/accepted_cases/", OFFICE, "supervisor"),
    View("records-ratings", "/office/figures/satisfaction/", OFFICE, "supervisor"),
    View("letters", "/office/letters/", OFFICE, "hall_manager"),
    View("publicity", "/office/publicity/", PORTAL, "hall_manager"),
    View("publicity-found", "/office/publicity/?q=高龄&days=7", STAFF, "hall_manager"),
    View("publicity-item", "/office/publicity/MZ-010/", PORTAL, "hall_manager"),
    View("publicity-event", "/office/publicity/newborn/", STAFF, "hall_manager"),
    View("publicity-broadcast", "/office/publicity/MZ-010/text/broadcast/", OFFICE, "hall_manager"),
    View("publicity-article", "/office/publicity/MZ-010/text/wechat/", OFFICE, "hall_manager"),
    View("publicity-video", "/office/publicity/MZ-010/text/video/", OFFICE, "hall_manager"),
    View("catalogue", "/office/catalog/", STAFF, "publisher"),
    View("catalogue-editor", "/office/catalog/?office=MZ", STAFF, "editor"),
    View("catalogue-item", "/office/catalog/MZ-001/", STAFF, "editor"),
    View("catalogue-version", "/office/catalog/{changed}/2/", STAFF, "publisher"),
    View("catalogue-whole", "/office/catalog/MZ-010/1/?whole=1", STAFF, "publisher"),
    View("catalogue-retire", "/office/catalog/MZ-010/retire/", STAFF, "publisher"),
    View("unfound", "/office/catalog/unfound/", STAFF, "editor"),
    View("quality", "/office/catalog/quality/", STAFF, "publisher"),
    View("import", "/office/catalog/import/", STAFF, "editor"),
    View("import-look", "/office/catalog/import/{handed_in}/", STAFF, "editor"),
    View("import-done", "/office/catalog/import/done/", STAFF, "editor"),
    View("export", "/office/catalog/export/", STAFF, "publisher"),
    View("editor-new", "/office/catalog/new/", STAFF, "editor"),
    View("editor", "/office/catalog/MZ-001/draft/basics/", STAFF, "office_editors/MZ"),
    View("editor-limits", "/office/catalog/MZ-001/draft/limits/", STAFF, "editor"),
    View("editor-materials", "/office/catalog/MZ-001/draft/materials/?look=paper", STAFF, "editor"),
    View("editor-questions", "/office/catalog/MZ-001/draft/questions/", STAFF, "editor"),
    View("editor-prechecks", "/office/catalog/MZ-001/draft/prechecks/?look=kiosk", STAFF, "editor"),
    View("editor-listing", "/office/catalog/MZ-001/draft/listing/", STAFF, "editor"),
    View("editor-give-up", "/office/catalog/MZ-001/draft/basics/", STAFF, "editor", opens="give-up"),
    View("preview-phone", "/office/catalog/MZ-001/preview/phone/", STAFF, "editor"),
    View("preview-paper", "/office/catalog/MZ-001/preview/paper/", OFFICE, "editor"),
    View("preview-kiosk", "/office/catalog/MZ-001/preview/kiosk/", KIOSK, "editor"),
    View("components", "/office/components/", OFFICE),
    View("no-right", "/office/figures/", STAFF, "clerk"),
)
