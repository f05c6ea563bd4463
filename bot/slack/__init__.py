"""Slack: verified requests in, Block Kit out."""
