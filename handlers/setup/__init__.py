"""Setting up in chat: what admins see and change. Nothing here reads a case."""
