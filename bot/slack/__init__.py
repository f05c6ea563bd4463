"""Slack: verified requests in, Block Kit out.

    platform = SlackPlatform(
        SlackSettings(bot_token=…, signing_secret=…, app_token="", api_url="https://slack.com/api/", tls=None),
        desk,                      # a bot.channel.Desk
        seals,                     # a bot.seals.Seals
        on_refused,                # Callable[[str], None]: a word for the metric
        clock=time.time,
        several=None,              # or Several(OAuth(…), keeps, named, on_change), and no bot token
    )
    web_app.router.add_routes(platform.routes())   # POST /slack/events (not in Socket Mode); over OAuth two pages
    await platform.start()         # signs in or loads where we are installed, opens the socket; raises CannotStart
    platform.teams(), platform.lookup, platform.channel
    await platform.working()       # for /readyz
    await platform.stop()

`routes`, `lookup` and `channel` can be taken before `start`; until then a request gets 503 and a question is denied.
"""

from bot.slack.install import OAuth
from bot.slack.platform import CannotStart, SlackPlatform, SlackSettings
from bot.slack.quiet import tame_loggers
from bot.slack.several import Several

__all__ = ["CannotStart", "OAuth", "Several", "SlackPlatform", "SlackSettings", "tame_loggers"]
