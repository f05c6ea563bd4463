"""Teams: verified activities in, Adaptive Cards out.

`platform.TeamsPlatform` joins the parts. Only `bot/app.py` imports it, and only where Teams is configured: the
libraries behind it take a second and 80 MB. `render` and `package` need none of them.
"""
