"""The app package for Teams: a manifest with the least permissions, and its icons. See `write.write_app_package`."""

from bot.teams.package.write import BadPackage, write_app_package

__all__ = ["BadPackage", "write_app_package"]
