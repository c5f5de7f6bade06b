"""Wires to the outside: one folder each, with a client, a fake and contract tests."""
