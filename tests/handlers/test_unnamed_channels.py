"""A channel is called by its name, not by its id; where nobody knows the name, an admin reads how it becomes known."""

from __future__ import annotations

from dataclasses import replace

from handlers.changes import Change
from handlers.people import Account, Directory, Group, Known, Room, Standing
from handlers.setup.group_words import HOW_NAMED
from handlers.setup.seen import Seen
from handlers.setup.told import line
from handlers.sites import Contact
from tests.handlers.memory import LEAD
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, with_a_site
from tests.handlers.test_setup_renewed import LINK, with_a_contact

CHANNEL = "teams:TEN/channel:19:a3b4c5d6e7f8@thread.tacv2"
CONTACT = Contact("desk", "police", "teams", "TEN/TEAM/19:a3b4c5d6e7f8@thread.tacv2", verified=True)
UNNAMED = "a Teams channel (its name is not known yet; a3b4c5d6…)"


def led_by_a_channel(name: str = "") -> Admin:
    admin = with_a_site()
    admin.work.keep_site(replace(admin.site, leads=(str(LEAD), CHANNEL)))
    admin.world.groups[CHANNEL] = (Account.parse("teams:TEN/priya"),)
    admin.world.about_groups[CHANNEL] = Group(name)
    return admin


def test_a_channel_of_leads_whose_name_is_not_known_is_no_id_and_its_window_says_how_it_becomes_known() -> None:
    admin = led_by_a_channel()
    assert f"2. A{UNNAMED[1:]}" in text_of(admin.to("overview").screen)
    window = text_of(admin.to("lead", CHANNEL).screen)
    assert f"A{UNNAMED[1:]}" in window
    assert HOW_NAMED in window
    assert "thread.tacv2" not in window


def test_one_whose_name_is_known_is_called_by_it_alone() -> None:
    window = text_of(led_by_a_channel("dsl-team").to("lead", CHANNEL).screen)
    assert "Channel dsl-team" in window
    assert "19:" not in window
    assert HOW_NAMED not in window


def test_a_contacts_channel_without_a_name_says_how_it_becomes_known_on_the_page_and_in_its_window() -> None:
    admin = with_a_site()
    admin.work.keep_site(replace(admin.site, contacts=(CONTACT,)))
    for section in (("overview",), ("contact", "desk")):
        said = text_of(admin.to(*section).screen)
        assert UNNAMED in said
        assert HOW_NAMED in said
    admin.work.keep_site(replace(admin.site, contacts=(replace(CONTACT, room="care"),)))
    assert HOW_NAMED not in text_of(admin.to("overview").screen)


def test_another_channel_for_a_contact_is_told_by_both_names() -> None:
    admin = with_a_contact()
    there = Account("slack", "T1", "C0POLICE2")
    admin.world.rooms[there] = Room(name="police-new")
    admin.to("contact", "police-slack").saves(destination=LINK.replace("C0POLICE1", "C0POLICE2"))
    admin.work.passes()
    (told,) = [one for one in map(text_of, admin.work.at(LEAD)) if "changed a contact" in one]
    assert "where to: #police-new, before that #police-liaison" in told.replace("Where to", "where to")
    assert "C0POLICE" not in told


def test_what_the_file_says_of_a_channel_that_nobody_can_read_is_no_id_either() -> None:
    said = f"made {CHANNEL} a lead"
    change = Change("lead_added", with_a_site().work.now, "northside", by_name="The file", about_name=said,
                    whom=(CHANNEL,))  # fmt: skip
    known = Known(Standing(member=False))
    assert f"made {UNNAMED} a lead" in line(Seen(Directory(), known).change(change))
    known = replace(known, about_groups={CHANNEL: Group("dsl-team")})
    assert "made channel dsl-team a lead" in line(Seen(Directory(), known).change(change))
