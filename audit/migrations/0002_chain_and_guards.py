"""Number, time and hash are the database's; nothing is altered, removed or emptied afterwards."""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION audit_event_text(event audit_auditevent) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_array(
        event.number,
        to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        event.kind, event.verb,
        event.actor_id, event.actor_name, event.actor_role,
        event.target_label, event.target_id, event.target_text,
        event.subject_label, event.subject_id, event.subject_text,
        event.classification, event.payload, event.previous_hash
    )::text
$$;

CREATE FUNCTION audit_event_digest(event audit_auditevent) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(audit_event_text(event), 'UTF8')), 'hex')
$$;

CREATE FUNCTION audit_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head audit_chainhead%ROWTYPE;
    newest audit_auditevent%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(7301, 1);
    SELECT * INTO head FROM audit_chainhead WHERE id = 1;
    IF NOT FOUND THEN
        head.number := 0;
        head.hash := repeat('0', 64);
    END IF;
    -- Rows of the same statement stand before the head until the statement ends.
    SELECT * INTO newest FROM audit_auditevent ORDER BY number DESC LIMIT 1;
    IF newest.number > head.number THEN
        head.number := newest.number;
        head.hash := newest.hash;
    END IF;
    NEW.number := head.number + 1;
    NEW.at := clock_timestamp();
    NEW.previous_hash := head.hash;
    NEW.hash := audit_event_digest(NEW);
    RETURN NEW;
END $$;

CREATE FUNCTION audit_event_moves_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_chainhead AS head (id, number, hash)
    SELECT 1, number, hash FROM audit_auditevent ORDER BY number DESC LIMIT 1
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash
    WHERE head.number < excluded.number;
    RETURN NULL;
END $$;

CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_event_chain();
CREATE TRIGGER audit_event_moves_head AFTER INSERT ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_moves_head();

CREATE FUNCTION audit_event_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit record is append-only: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_event_is_final BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_event_is_final();
CREATE TRIGGER audit_event_not_emptied BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_final();

CREATE FUNCTION audit_head_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the head of the audit chain is kept by the chain alone: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_head_is_kept BEFORE INSERT OR UPDATE OR DELETE ON audit_chainhead
    FOR EACH ROW EXECUTE FUNCTION audit_head_is_kept();
CREATE TRIGGER audit_head_not_emptied BEFORE TRUNCATE ON audit_chainhead
    FOR EACH STATEMENT EXECUTE FUNCTION audit_head_is_kept();
"""

BACKWARD = r"""
DROP TRIGGER audit_head_not_emptied ON audit_chainhead;
DROP TRIGGER audit_head_is_kept ON audit_chainhead;
DROP FUNCTION audit_head_is_kept();
DROP TRIGGER audit_event_not_emptied ON audit_auditevent;
DROP TRIGGER audit_event_is_final ON audit_auditevent;
DROP FUNCTION audit_event_is_final();
DROP TRIGGER audit_event_chain ON audit_auditevent;
DROP FUNCTION audit_event_chain();
DROP TRIGGER audit_event_moves_head ON audit_auditevent;
DROP FUNCTION audit_event_moves_head();
DROP FUNCTION audit_event_digest(audit_auditevent);
DROP FUNCTION audit_event_text(audit_auditevent);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
