"""What a step of consent says is never altered or erased (Rule C1): the database refuses it."""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION consent_step_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a step of consent is never erased' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.consent_id, OLD.old_state, OLD.new_state, OLD."on", OLD.instrument,
        OLD.instrument_reference, OLD.spoken_by, OLD.spoken_to, OLD.meeting, OLD.level,
        OLD.scope, OLD.note, OLD.by_id)
       IS DISTINCT FROM
       (NEW.consent_id, NEW.old_state, NEW.new_state, NEW."on", NEW.instrument,
        NEW.instrument_reference, NEW.spoken_by, NEW.spoken_to, NEW.meeting, NEW.level,
        NEW.scope, NEW.note, NEW.by_id)
    THEN
        RAISE EXCEPTION 'a step of consent is never altered' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER consent_step_stands BEFORE UPDATE OR DELETE ON cases_consentstep
    FOR EACH ROW EXECUTE FUNCTION consent_step_stands();
"""

BACKWARD = r"""
DROP TRIGGER consent_step_stands ON cases_consentstep;
DROP FUNCTION consent_step_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_dispute_files")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
