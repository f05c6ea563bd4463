"""What the bot does, and for whom. Knows no wire format and no driver; imports only `policy`.

The one rule: a handler answers the person in front of it by returning a Screen, and reaches everyone else only
through the outbox (`Work.enqueue`). So a crash after the commit loses nothing, and a repeat has one effect.
"""
