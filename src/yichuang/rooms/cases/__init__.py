"""Cases: what a resident brought, its items, papers, notices, promises and route tasks.

Verbs: open_case, save_draft, add_document, submit, request_correction, resubmit, accept, decide_on_the_spot, claim,
give_opinion; by time alone: deem_accepted, settle_promise. Upstream: hall, catalog, people.
"""
