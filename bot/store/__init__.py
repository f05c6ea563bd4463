"""Cases, drafts, the audit trail and the outbox, on SQLite or PostgreSQL. `open_store` in `store` is the way in.

Nothing is imported here: `verify` runs with the standard library alone.
"""
