"""What is looked at again and again so that set-up does not go stale unseen: rooms, groups, leads."""
