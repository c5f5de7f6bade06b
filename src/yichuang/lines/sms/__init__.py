"""The wire for text messages: `client` speaks to a gateway, `fake` writes to a file; `line.chosen` says which is used."""
