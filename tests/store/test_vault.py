"""Keys and boxes: what is refused, what opens, and what does not."""

from __future__ import annotations

import base64
import itertools

import pytest

from bot.settings import key_trouble
from bot.store.vault import Keys, KeysRefused, Unreadable, new_key

OLD, NEW = new_key(), new_key()


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def test_a_new_key_is_43_characters_that_parse_and_no_two_are_the_same() -> None:
    made = {new_key() for _ in range(1000)}
    assert len(made) == 1000
    for key in made:
        assert len(key) == 43
        Keys.parse(key)


def test_padding_and_spaces_around_the_commas_do_no_harm() -> None:
    assert Keys.parse(f" {NEW}=, {OLD} ,").newest == Keys.parse(NEW).newest


@pytest.mark.parametrize(
    ("text", "part_of_the_sentence"),
    [
        ("", "is empty"),
        (" , ", "is empty"),
        ("changeme", "has 6 bytes instead of 32"),
        (encoded(bytes(range(7, 38))), "has 31 bytes instead of 32"),
        (encoded(bytes(33)), "has 33 bytes instead of 32"),
        (encoded(bytes(32)), "follows a pattern"),
        (encoded(b"0123456789abcdef" * 2), "is a typed text"),
        (encoded(bytes(range(32))), "follows a pattern"),
        (encoded(bytes(range(64, 0, -2))), "follows a pattern"),
        (encoded(b"Quick brown foxes jump over dogs"), "is a typed text"),
        ("correct-horse-battery-staple-correct-horse-", "follows a pattern"),
        ("password " * 5, "has characters that no key has"),
        ("ключ" * 11, "has characters that no key has"),
        ("NEW,short", "key 2 of 2, is cut off or mistyped"),
        ("NEW,NEW", "the same key twice"),
    ],
)
def test_a_key_that_protects_nothing_is_refused_and_it_is_said_what_to_do(text: str, part_of_the_sentence: str) -> None:
    text = text.replace("NEW", NEW)
    with pytest.raises(KeysRefused) as refused:
        Keys.parse(text)
    sentence = str(refused.value)
    assert part_of_the_sentence in sentence
    told = key_trouble.sentence(refused.value, "nothing")
    assert told.startswith(f"{sentence}: ")
    assert ("doctor --new-key" in told) != ("leave each key in once" in told or "leave the others" in told)
    for part in (part.strip() for part in text.split(",")):
        assert len(part) < 6 or part not in sentence


def test_keys_print_as_ids_alone() -> None:
    shown = repr(Keys.parse(f"{NEW},{OLD}"))
    assert Keys.parse(NEW).newest in shown
    assert NEW not in shown
    assert OLD not in shown


def test_what_an_older_key_sealed_opens_while_it_is_among_the_keys_and_not_after() -> None:
    box, wrapped = Keys.parse(OLD).new_box("site", "case")
    sealed = box.seal("notes", 1, b"text")
    assert Keys.parse(f"{NEW},{OLD}").box("site", "case", wrapped).open("notes", 1, sealed) == b"text"
    with pytest.raises(Unreadable, match="put it back"):
        Keys.parse(NEW).box("site", "case", wrapped)


def test_a_text_opens_only_as_what_it_was_sealed_as() -> None:
    keys = Keys.parse(NEW)
    secret = keys.new_secret()

    def box(site: str, subject: str):  # noqa: ANN202
        return keys.box(site, subject, keys.wrap(subject, secret))

    sealed = box("north", "case1").seal("notes", 1, b"text")
    assert box("north", "case1").open("notes", 1, sealed) == b"text"
    for site, subject, name, version in (
        ("south", "case1", "notes", 1),
        ("north", "case2", "notes", 1),
        ("north", "case1", "facts", 1),
        ("north", "case1", "notes", 2),
        ("northc", "ase1", "notes", 1),
    ):
        with pytest.raises(Unreadable):
            box(site, subject).open(name, version, sealed)


def test_a_wrapped_key_of_one_subject_is_none_for_another() -> None:
    keys = Keys.parse(NEW)
    with pytest.raises(Unreadable):
        keys.unwrap("case2", keys.wrap("case1", keys.new_secret()))


def test_one_changed_bit_anywhere_is_found() -> None:
    box, wrapped = Keys.parse(NEW).new_box("site", "case")
    sealed = box.seal("notes", 1, b"text")
    for place, bit in itertools.product(range(len(sealed)), range(8)):
        changed = bytearray(sealed)
        changed[place] ^= 1 << bit
        with pytest.raises(Unreadable):
            box.open("notes", 1, bytes(changed))
    for place in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            Keys.parse(NEW).box("site", "case", bytes(changed))
    for cut in (b"", sealed[:5], sealed[:12], sealed[:-1]):
        with pytest.raises(Unreadable):
            box.open("notes", 1, cut)


def test_a_hundred_thousand_nonces_of_one_key_are_all_different() -> None:
    box, _ = Keys.parse(NEW).new_box("site", "case")
    assert len({box.seal("notes", 1, b"")[:12] for _ in range(100_000)}) == 100_000
