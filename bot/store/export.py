"""A case as JSON, for whoever is entitled to a copy; the audit entries in it can be checked without us (`verify`).

And what belongs to no case: who set up what, and who was refused.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from sqlalchemy import bindparam, select

from bot.store.bound import parts_of, plain_case
from bot.store.cases import Cases
from bot.store.chain import verify_chain
from bot.store.queue import deliveries_of
from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import audit, audit_head, cases
from bot.store.trail import Trail, entry_of, moment
from bot.store.verify import CASE_FORMAT, HOLDS_EXPORT, SETUP_FORMAT, Head, Verdict, digest_of_file, verify_audit
from handlers.case import Case
from handlers.people import Account
from handlers.ports import Delivery

__all__ = [
    "Head", "Verdict", "audit_head_of", "audit_trail", "export_case", "export_setup", "verify_audit", "verify_chain",
]  # fmt: skip

_ID = select(cases.c.id).where(cases.c.reference == bindparam("reference"))
_ENTRIES = select(audit).where(audit.c.case_id == bindparam("of")).order_by(audit.c.number)
_TRAIL = select(audit).order_by(audit.c.number)
_HEAD = select(audit_head.c.number, audit_head.c.hash)


async def export_case(store: Store, reference: str, *, by: Account | None = None) -> bytes | None:
    """The case with this reference as JSON in UTF-8, or None where there is none. The export is itself audited.

    The last audit entry in it is the one about this export, and holds the fingerprint of everything else in it.
    """

    def whole(session: Session) -> dict[str, Any] | None:
        found = session.first(_ID, {"reference": reference})
        at = Cases(session, lock=True)
        case = at.get(found.id) if found else None
        if case is None:
            return None
        content = _content(session, at, case)
        trail = Trail(session)
        trail.record("case.exported", by, case.id, case.site, {HOLDS_EXPORT: digest_of_file(content)})
        trail.write()
        return {**content, "audit": _trail_of(session, case)}

    plain = await store.transact(whole)
    return None if plain is None else json.dumps(plain, indent=2, ensure_ascii=False).encode() + b"\n"


async def export_setup(store: Store, *, by: Account | None = None) -> bytes:
    """Every audit entry that belongs to no case, as JSON in UTF-8. The export is itself audited, as its last entry."""

    def whole(session: Session) -> dict[str, Any]:
        trail = Trail(session)
        trail.record("setup.exported", by, "", "", {})
        trail.write()
        entries = [_of_no_case(entry_of(row)) for row in session.all(_ENTRIES, {"of": ""})]
        last, head = entries[-1], session.first(_HEAD)
        return {
            "format": SETUP_FORMAT,
            "exported_at": moment(session.now),
            "audit": {
                "entries": entries,
                "setup_head": {"number": last["number"], "hash": last["hash"]},
                "head": {"number": head.number, "hash": head.hash} if head else None,
            },
        }

    return json.dumps(await store.transact(whole), indent=2, ensure_ascii=False).encode() + b"\n"


def _of_no_case(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as it is exported. A draft is the beginning of a case, though earlier releases recorded it with none."""
    hidden = entry["case_number"] == 0 and entry["event"].startswith("draft.")
    return {key: entry[key] for key in ("number", "case_number", "hash")} if hidden else entry


async def audit_trail(store: Store) -> list[dict[str, Any]]:
    """Every audit entry in order, as `verify_chain` checks them."""
    return await store.transact(lambda session: [entry_of(row) for row in session.all(_TRAIL)])


async def audit_head_of(store: Store) -> Head:
    """Where the trail ends now. Kept outside the database, it proves later that nothing before it was altered."""

    def look(session: Session) -> Head:
        row = session.first(_HEAD)
        return Head(row.number, row.hash) if row else Head()

    return await store.transact(look)


def _content(session: Session, found: Cases, case: Case) -> dict[str, Any]:
    box = session.box_to_write(case.site, case.id, new=False)
    return {
        "format": CASE_FORMAT,
        "exported_at": moment(session.now),
        "salt": secrets.token_hex(32),
        "case": plain_case(case, found.writes(case), box),
        **parts_of(case, box),
        "deliveries": [_delivery(delivery) for delivery in deliveries_of(session, case.id)],
    }


def _trail_of(session: Session, case: Case) -> dict[str, Any]:
    entries = [entry_of(row) for row in session.all(_ENTRIES, {"of": case.id})]
    head = session.first(_HEAD)
    return {
        "entries": entries,
        "case_head": {"number": entries[-1]["case_number"], "hash": entries[-1]["hash"]},
        "head": {"number": head.number, "hash": head.hash} if head else None,
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "kind": delivery.kind,
        "to": str(delivery.to),
        "version": delivery.version,
        "replaces": delivery.replaces,
        "state": delivery.state,
    }
