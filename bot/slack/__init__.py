"""Slack: verified requests in, Block Kit out.

    platform = SlackPlatform(
        SlackSettings(bot_token=…, signing_secret=…, app_token="", api_url="https://slack.com/api/", tls=None),
        desk,                      # a bot.channel.Desk
        seals,                     # a bot.seals.Seals
        on_refused,                # Callable[[str], None]: a word for the metric
        clock=time.time,
    )
    web_app.router.add_routes(platform.routes())   # POST /slack/events; nothing in Socket Mode
    await platform.start()         # signs in (team_id is known from here on), opens the socket; raises CannotStart
    platform.team_id, platform.lookup, platform.channel
    await platform.working()       # for /readyz
    await platform.stop()

`routes`, `lookup` and `channel` can be taken before `start`; until then a request gets 503 and a question is denied.
"""

from bot.slack.platform import CannotStart, SlackPlatform, SlackSettings
from bot.slack.quiet import tame_loggers

__all__ = ["CannotStart", "SlackPlatform", "SlackSettings", "tame_loggers"]
