"""The database keeps a published version as it was: its sections, scales, levels, items and
measures take no insert, update or delete, and the version itself cannot be unpublished or removed.
Benchmarks stay open (they compare, they do not score), and so does retiring.

A migration that must mend a published version says `SET LOCAL fidelity.thaw = 'on'` first.
"""

from django.db import migrations

FREEZE = """
CREATE FUNCTION fidelity_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF current_setting('fidelity.thaw', true) = 'on' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_TABLE_NAME = 'fidelity_version' THEN
        IF OLD.published_at IS NOT NULL AND (
            TG_OP = 'DELETE'
            OR NEW.published_at IS DISTINCT FROM OLD.published_at
            OR NEW.number <> OLD.number
            OR NEW.instrument_id <> OLD.instrument_id
        ) THEN
            RAISE EXCEPTION 'a published version is frozen: make a new version'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_TABLE_NAME = 'fidelity_level' THEN
        SELECT array_agg(version_id) INTO touched FROM fidelity_scale
            WHERE id IN (NEW.scale_id, OLD.scale_id);
    ELSE
        touched := ARRAY[NEW.version_id, OLD.version_id];
    END IF;
    IF EXISTS (
        SELECT 1 FROM fidelity_version WHERE id = ANY(touched) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published version is frozen: make a new version'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON fidelity_version
    FOR EACH ROW EXECUTE FUNCTION fidelity_keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON fidelity_section
    FOR EACH ROW EXECUTE FUNCTION fidelity_keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON fidelity_scale
    FOR EACH ROW EXECUTE FUNCTION fidelity_keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON fidelity_level
    FOR EACH ROW EXECUTE FUNCTION fidelity_keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON fidelity_item
    FOR EACH ROW EXECUTE FUNCTION fidelity_keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON fidelity_measure
    FOR EACH ROW EXECUTE FUNCTION fidelity_keep_published();
"""

THAW = """
DROP TRIGGER keep_published ON fidelity_version;
DROP TRIGGER keep_published ON fidelity_section;
DROP TRIGGER keep_published ON fidelity_scale;
DROP TRIGGER keep_published ON fidelity_level;
DROP TRIGGER keep_published ON fidelity_item;
DROP TRIGGER keep_published ON fidelity_measure;
DROP FUNCTION fidelity_keep_published();
"""


class Migration(migrations.Migration):
    dependencies = [("fidelity", "0001_initial")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
