"""What is said of slips in a CONFIG file that TOML itself knows: one bracket, another encoding, an endless number."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config.file import BadConfig, load
from tests.running.served import run_bot
from tests.running.test_config_file import SITE


def refused(tmp_path: Path, data: bytes) -> str:
    file = tmp_path / "sites.toml"
    file.write_bytes(data)
    with pytest.raises(BadConfig) as wrong:
        load(file)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SITE.replace("[[site]]", "[site]"), "sites.toml, line 1: write [[site]] with two brackets on each side"),
        (
            f'{SITE}[site.contact]\nid = "p"\n',
            "sites.toml, line 6: write [[site.contact]] with two brackets on each side",
        ),
        (f'{SITE}[person]\nname = "P"\n', "sites.toml, line 6: write [[person]] with two brackets on each side"),
    ],
)
def test_a_table_in_one_bracket_is_told_how_to_write_it(tmp_path: Path, text: str, said: str) -> None:
    text = text.replace("leads =", "leads =")
    assert refused(tmp_path, text.encode()).startswith(said)


def test_a_list_that_is_no_list_is_still_told_so(tmp_path: Path) -> None:
    assert "must be a list in square brackets" in refused(tmp_path, SITE.replace('["slack:T1/U1"]', '"x"').encode())


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    said = refused(tmp_path, f'# Schools\n\n{SITE}phone = "Jos\u00e9"\n'.encode("latin-1"))
    assert said.startswith("sites.toml, line 8: ")
    assert "save the file as UTF-8" in said


@pytest.mark.parametrize("number", ["9" * 5000, "1" + "_000" * 3000, "0x" + "f" * 9000])
async def test_a_number_without_an_end_is_a_sentence_with_its_line_for_every_command(
    tmp_path: Path, number: str
) -> None:
    text = f"{SITE}retention_months = {number}\n"
    said = refused(tmp_path, text.encode())
    assert said.startswith("sites.toml, line 6: ") or "line 6" in said
    assert number[:100] not in said

    status, out, _ = await run_bot("doctor", "--json", settings={"SIGNPOST_CONFIG": str(tmp_path / "sites.toml")})
    assert (status, "config_file_wrong" in out) == (1, True)
