"""People: residents, staff, devices, offices and villages, and who may do what.

Verbs: found_places, register_resident, employ, sign_in, end_all_sessions, enrol_device. Upstream: ground.
"""
