"""Hall: windows and their shifts, queues, tickets, calling, opening hours.

Verbs: take_ticket, call_next, start_serving, finish_serving, recall, miss, open_window, pause_window, resume_window,
close_window, load_windows. The first four are hot: one SQL function each (verbs.sql). Upstream: catalog, people, ground.
"""
