"""How long the proof of the audit chain takes.

    .venv/bin/python scripts/with_servers.py -- .venv/bin/python benchmarks/audit_chain.py [ROWS]

Writes ROWS events (100,000 by default) through the trigger into a migrated database, verifies the
chain, alters one row behind the guards and verifies again; all of it is rolled back.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LIMIT_SECONDS = 30

_FILL = """
INSERT INTO audit_auditevent (kind, verb, actor_id, actor_name, actor_role, target_label, target_id,
    target_text, subject_label, subject_id, subject_text, classification, payload)
SELECT 'act', 'cases.consent_recorded', gen_random_uuid()::text, 'Person ' || n, 'desk_officer',
    'cases.Consent', gen_random_uuid()::text, 'Consent ' || n, 'cases.Dispute',
    gen_random_uuid()::text, 'MED-2026-' || n, n %% 4,
    jsonb_build_object('changes', jsonb_build_object('status', jsonb_build_array('open', n)))
FROM generate_series(1, %s) AS n
"""


def main(rows: int) -> int:
    """Fill, verify, tamper, verify; return the exit code."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from audit.verification import verify_chain

    call_command("migrate", verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        began = time.monotonic()
        cursor.execute(_FILL, [rows])
        filled = time.monotonic() - began
        cursor.execute("ANALYZE audit_auditevent")
        began = time.monotonic()
        whole = verify_chain()
        verified = time.monotonic() - began
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditevent SET verb = 'x' WHERE number = %s", [rows // 2])
        began = time.monotonic()
        found = verify_chain().faults
        tampered = time.monotonic() - began
        transaction.set_rollback(True)
    print(f"{rows:,} events written in {filled:.1f} s ({rows / filled:,.0f} a second)")
    print(f"verified in {verified:.1f} s, whole: {whole.is_whole} (goal: {LIMIT_SECONDS} s)")
    print(f"one row altered: found {found} in {tampered:.1f} s")
    return 0 if whole.is_whole and verified <= LIMIT_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
