"""What Slack said to one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

NOT_REACHED: Final = "it cannot be reached"
NOT_TRUSTED: Final = "its certificate is not trusted here"
NOT_SLACK: Final = "what answers there is not Slack"
ITS_TROUBLE: Final = "it has trouble of its own just now"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack said to one call; `trouble` is empty when it said something."""

    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def why_not(self) -> str:
        """Why it was not done, as a closed word; empty when it was."""
        if self.trouble:
            return self.trouble
        return "" if self.body.get("ok") else str(self.body.get("error", "no reason"))[:40]
