"""Taking what was queued to where it is read: once, in order, at the pace that each platform asks for."""
