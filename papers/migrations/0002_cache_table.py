from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    """The cache (sign-in limits live there) is a table, shared by all processes."""
    call_command("createcachetable", verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]

    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
