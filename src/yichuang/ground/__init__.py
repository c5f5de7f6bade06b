"""What everything stands on; knows no room: clock, workdays, numbers, trail, towns, refusals, secrets, identity."""
