"""The servers behind `./run`: an embedded PostgreSQL and Valkey, and the launcher that uses them.

Bottom room: imports no Django and no other room, so that it works before either is set up.
docs/decisions/0007-one-door-embedded-servers.md tells how and why.
"""
