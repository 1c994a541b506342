"""The function that counts changes of one table apart from the lab's (`counts_apart`)."""

from django.db import migrations

FUNCTION = """
-- Once in a transaction is enough, as in papers_note_change.
CREATE FUNCTION papers_note_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted constant text := 'reviewapp.apart' || translate(TG_ARGV[0], '-', '_');
BEGIN
    IF current_setting(noted, true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM papers_count_change(TG_ARGV[0]::bigint);
        PERFORM set_config(noted, pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0052_words_of_replies")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION papers_note_apart() CASCADE")]
