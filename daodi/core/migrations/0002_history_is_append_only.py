"""The database itself refuses to rewrite history, for administrators and for bugs alike."""

from django.db import migrations

GUARD = """
CREATE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON core_event
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_dayroot
    FOR EACH ROW EXECUTE FUNCTION core_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON core_dayroot
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse();

-- Words may be erased, once and wholly, and in no other way changed.
CREATE TRIGGER append_only BEFORE UPDATE ON core_eventtext
    FOR EACH ROW WHEN (NOT (NEW.event_id = OLD.event_id AND NEW.text = '' AND NEW.salt = ''
                            AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL))
    EXECUTE FUNCTION core_refuse();
CREATE TRIGGER no_delete BEFORE DELETE ON core_eventtext
    FOR EACH ROW EXECUTE FUNCTION core_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON core_eventtext
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse();
"""
UNDO = """
DROP TRIGGER append_only ON core_event;
DROP TRIGGER no_truncate ON core_event;
DROP TRIGGER append_only ON core_dayroot;
DROP TRIGGER no_truncate ON core_dayroot;
DROP TRIGGER append_only ON core_eventtext;
DROP TRIGGER no_delete ON core_eventtext;
DROP TRIGGER no_truncate ON core_eventtext;
DROP FUNCTION core_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
