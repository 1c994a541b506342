"""What became of lines is kept for neighbors together: first line and last instead of a line."""

from django.db import migrations

FORWARD = """
    UPDATE papers_importjob SET account = jsonb_set(account, '{fates}', (
        SELECT coalesce(jsonb_agg(jsonb_insert(fate, '{0}', fate->0) ORDER BY number), '[]')
        FROM jsonb_array_elements(account->'fates') WITH ORDINALITY AS each (fate, number)
    ))
    WHERE jsonb_typeof(account->'fates') = 'array'
"""
BACK = """
    UPDATE papers_importjob SET account = jsonb_set(account, '{fates}', (
        SELECT coalesce(jsonb_agg(
            jsonb_build_array(line, fate->2, fate->3, fate->4) ORDER BY number, line
        ), '[]')
        FROM jsonb_array_elements(account->'fates') WITH ORDINALITY AS each (fate, number),
            generate_series((fate->0)::int, (fate->1)::int) AS lines (line)
    ))
    WHERE jsonb_typeof(account->'fates') = 'array'
"""


class Migration(migrations.Migration):
    """Both ways, for an edition that is taken back."""

    dependencies = [("papers", "0047_webhooks")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
