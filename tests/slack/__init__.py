"""Slack: what is drawn, what is read, how it is answered and sent."""
