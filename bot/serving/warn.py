"""What a person should look at although Signpost runs: said in the log at every start. `doctor` says it in full."""

from __future__ import annotations

from bot import logs
from bot.numbers import doubtful
from bot.settings import unknown_variables
from handlers.contacts import not_offered
from handlers.mail_domains import doubt
from handlers.people import Directory
from handlers.setup.alone import nobody_decides
from handlers.setup.clock_fields import slow


def warn(directory: Directory, orgs: frozenset[str]) -> None:
    """Log what is doubtful. `orgs` are the workspaces that our tokens belong to (`slack:T1`)."""
    log = logs.get_logger()
    for site in directory.sites:
        if not site.staff:
            log.warning("staff_is_everybody", site=site.id)
        if not any(lead.partition("/")[0] in orgs for lead in site.leads):
            log.error("leads_out_of_reach", site=site.id)
        if nobody_decides(site, directory, directory.announced):
            log.error("leads_too_few", site=site.id)
        if slow(site.clocks):
            log.warning("clocks_slow", site=site.id)
        for place in doubtful(site):
            log.warning("number_doubtful", site=site.id, place=place)
        for contact in site.contacts:
            if why := not_offered(contact):
                log.warning("contact_not_offered", site=site.id, contact=contact.id, why=why)
            if contact.kind == "mail" and (why := doubt(contact.destination)):
                log.warning("contact_address_doubtful", site=site.id, contact=contact.id, why=why)
    for name in unknown_variables():
        log.warning("setting_unknown", setting=name)
