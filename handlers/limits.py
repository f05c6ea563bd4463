"""How long what is set up may be: the file, the chat and the store go by the same figures."""

from __future__ import annotations

from typing import Final

WORDS: Final = 75
"""Characters of a name, a role, a line of words."""
PHONE: Final = 40
"""Of a number to ring, with what an operator has to be told."""
DESTINATION: Final = 300
"""Of a channel or an address."""
LINK: Final = 300
"""Of the address of a school's own guidance."""
DOMAINS: Final = 20
"""Mail domains of a site."""
LINKS: Final = 5
"""Links of a site to its own guidance."""
