"""Mail: a contact who has neither Slack nor Teams. What is drawn, how it is sent, and the page behind its link.

There is no `receive`: replies are read by nobody. The press comes from the page.
"""
