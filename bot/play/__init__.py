"""The playground: stand-ins for the chat platforms, and a page for people without an account.

It speaks only the wire. Nothing in here knows the rest of the bot, so that what works in the playground works
because the shipped code answers real requests, and so that the tests can use the same stand-ins.
"""
