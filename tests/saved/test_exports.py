"""A case of an earlier release is exported, and the verdict says what of it nobody bound to its entries."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from bot.store.export import export_case, export_setup
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.store.vault import Keys
from bot.store.verify import verify_audit
from handlers.people import Directory
from tests.saved.released import HERE, RELEASES, _restore
from tests.store.given import sql


@pytest.mark.parametrize("release", sorted({"0.1.0.dev1", "0.1.0.dev2"} & set(RELEASES)))  # later ones bind theirs
async def test_it_is_proved_in_part_and_what_is_not_is_named(release: str, tmp_path: Path) -> None:
    saved = json.loads(lzma.decompress((HERE / f"{release}.json.xz").read_bytes()))
    file = tmp_path / "data" / "signpost.db"
    _restore(saved, file)
    url = f"sqlite:///{file}"
    await migrate(url)
    store = await open_store(url, keys=Keys.parse(saved["keys"]), directory=Directory)
    references = [reference for (reference,) in await sql(url, "SELECT reference FROM cases ORDER BY reference")]
    assert references
    for reference in references:
        data = await export_case(store, reference) or b""
        verdict = verify_audit(data)
        assert (verdict.good, verdict.word) == (True, "Proved in part"), verdict.why
        assert "before the export: the case itself, version 1" in verdict.why
        decisions = json.loads(data)["decisions"]
        assert all(f"decision {place}" in verdict.why for place in range(1, len(decisions) + 1))
    assert verify_audit(await export_setup(store)).word == "Whole"
    await store.close()
