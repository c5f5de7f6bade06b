"""The kiosk in the hall (take a ticket) and the ticket's page on a phone."""
