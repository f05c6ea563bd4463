"""What the rounds on Slack came to, as ratios with their targets and as notes without."""

from __future__ import annotations

from benchmarks.figures import Compared, Rounds, Spread


def compared(rounds: Rounds) -> list[Compared]:
    """P1 and P2, and beside them what has no target."""
    of = rounds.of
    speed = of("ours per second"), of("bolt per second")
    return [
        Compared("P1", "a page sent in: CPU a request; bolt", of("ours cpu"), of("bolt cpu"), "us", 2.0),
        Compared("P1", "... requests a second; bolt", *speed, "/s", 0.5, "more"),
        Compared(
            "P2", "... p50, 1 connection; bolt's default", of("ours alone p50"), of("default bolt p50"), "ms", 0.5
        ),
        Compared("", "... p50, 8 connections; bolt", of("ours p50"), of("bolt p50"), "ms"),
        Compared("", "... p99, 8 connections; bolt", of("ours p99"), of("bolt p99"), "ms"),
        Compared("", "... memory; bolt", of("ours rss"), of("bolt rss"), "MB"),
        Compared("", "... by someone not seen for a minute; bolt", of("unseen cpu"), of("bolt cpu"), "us"),
        Compared("P12", "encrypting a note with a new key; P1", of("sealing"), of("ours cpu"), "us", 0.05),
    ]


def notes(rounds: Rounds, page: int) -> list[str]:
    """What is good to know and compared with nothing. `page` is how long the body of page 1 is."""
    report = Spread(tuple(each / 1000 for each in rounds.of("whole report cpu").each))
    return [
        f"The page's body has {page:,} bytes as it travels.",
        f"A whole report, recorded, with the messages to raiser and lead delivered: {report.shown('ms')} of CPU.",
    ]
