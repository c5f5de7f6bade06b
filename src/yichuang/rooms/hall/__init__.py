"""The hall: windows, queues, tickets, calling, opening hours. Upstream: catalog."""
