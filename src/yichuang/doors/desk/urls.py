"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from . import files, find, intake, opening, review, sign, window

CASE = "desk/case/<slug:number>"

urlpatterns = [
    path("desk/", window.screen, name="desk"),
    path("desk/line", window.line, name="desk_line"),
    path("desk/invitation/<int:ticket_id>/", window.invitation, name="desk_invitation"),
    path("desk/window/<int:number>/open", window.open_window, name="desk_open_window"),
    path("desk/window/pause", window.pause_window, name="desk_pause_window"),
    path("desk/window/resume", window.resume_window, name="desk_resume_window"),
    path("desk/window/close", window.close_window, name="desk_close_window"),
    path("desk/call-next", window.call_next, name="desk_call_next"),
    path("desk/ticket/<int:ticket_id>/start", window.start, name="desk_start"),
    path("desk/ticket/<int:ticket_id>/recall", window.recall, name="desk_recall"),
    path("desk/ticket/<int:ticket_id>/miss", window.miss, name="desk_miss"),
    path("desk/ticket/<int:ticket_id>/finish", window.finish, name="desk_finish"),
    path("desk/find/", find.find, name="desk_find"),
    path("desk/open/", opening.opening, name="desk_opening"),
    path("desk/open/look", opening.look, name="desk_opening_look"),
    path("desk/items", opening.items, name="desk_items"),
    path("desk/known", opening.known, name="desk_known"),
    path(f"{CASE}/", intake.case, name="desk_case"),
    path(f"{CASE}/save", intake.save, name="desk_save"),
    path(f"{CASE}/look", intake.look, name="desk_case_look"),
    path(f"{CASE}/items", intake.change_items, name="desk_change_items"),
    path(f"{CASE}/documents", intake.add_documents, name="desk_add_documents"),
    path(f"{CASE}/notice", intake.notice, name="desk_notice"),
    path(f"{CASE}/accept", intake.accept, name="desk_accept"),
    path(f"{CASE}/refuse", intake.refuse, name="desk_refuse"),
    path(f"{CASE}/issue", intake.issue, name="desk_issue"),
    path(f"{CASE}/receipt.pdf", files.receipt, name="desk_receipt"),
    path(f"{CASE}/notice.pdf", files.notice, name="desk_notice_paper"),
    path("desk/refusals/<int:item_id>.pdf", files.refusal, name="desk_refusal_paper"),
    path("desk/results/<slug:result_number>.pdf", files.result, name="desk_result"),
    path("desk/results/<slug:result_number>/hand-over", intake.hand_over, name="desk_hand_over"),
    path("desk/files/<int:document_id>", files.document, name="desk_document"),
    path("desk/review/", review.tray, name="desk_review"),
    path("desk/review/<int:task_id>/", review.task, name="desk_review_task"),
    path("desk/review/<int:task_id>/claim", review.claim, name="desk_claim"),
    path("desk/review/<int:task_id>/opinion", review.opinion, name="desk_opinion"),
    path("desk/sign/", sign.tray, name="desk_sign"),
    path("desk/sign/<int:task_id>/", sign.task, name="desk_sign_task"),
    path("desk/sign/<int:task_id>/sign", sign.sign, name="desk_sign_sheet"),
    path("desk/sign/<int:task_id>/return", sign.send_back, name="desk_sign_return"),
    path("desk/sign/<int:task_id>/sheet.pdf", files.sheet, name="desk_sheet"),
]
