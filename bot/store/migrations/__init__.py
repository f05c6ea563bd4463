"""Migrations, run by `bot.store.migrate`. A new one is a file in `versions`, and `HEAD` there names it."""
