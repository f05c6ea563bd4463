"""An example of the fields with which people and names are set down, filled as far as they go."""

from __future__ import annotations

from handlers.people import Account, Directory, Known
from handlers.screens import Button, Caution, Form, Option, Paragraph, People, Screen, TextBox


def field_examples(leads: tuple[Account, ...], directory: Directory, known: Known) -> dict[str, Screen]:
    """By name: nothing filled in, everything filled in, and a mistake at every field."""
    standing = tuple(Option(lead.user, directory.name(lead, known)) for lead in leads)
    many = tuple(Option(f"U{number:08d}", f"Wilhelmina Featherstonehaugh-{number}") for number in range(100))
    wrong = (
        ("name", "Write the name that staff know."),
        ("leads", "Choose one lead at least."),
        ("owner", "Choose somebody of your own organisation."),
    )
    return {
        "fields_empty": _form((), (), ""),
        "fields_filled": _form(standing, standing[:1], "The Northside Academy and Sixth Form Centre"),
        "fields_with_many": _form(many, many[:1], "Northside " * 8),
        "fields_with_errors": _form(standing, (), "", wrong),
    }


def _form(
    leads: tuple[Option, ...], owner: tuple[Option, ...], name: str, errors: tuple[tuple[str, str], ...] = ()
) -> Form:
    return Form(
        "Signpost",
        (
            Caution("In danger now? Call 999."),
            Paragraph("Nothing of a case is shown here."),
            TextBox("name", "Name of the site", "As staff know it.", name, 80, single=True),
            People("leads", "Safeguarding leads", "In the order in which they are told.", leads, several=True),
            People("owner", "Who looks after this", "Told before it lapses.", owner),
        ),
        Button("show_admin", "Save", main=True),
        errors=errors,
    )
