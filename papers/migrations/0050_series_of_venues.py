"""The index files each venue under the series that it is; papers stay as they are written."""

from django.db import migrations

from papers.search.index.lexemes import Lexemes
from papers.text.series import read_series


def file_series(apps, schema_editor):
    """For each way of writing a venue: its series beside the words that are filed already."""
    Paper = apps.get_model("papers", "Paper")
    with schema_editor.connection.cursor() as cursor:
        for venue in list(Paper.objects.exclude(venue="").order_by().values_list("venue", flat=True).distinct()):
            series, words = read_series(venue), Lexemes()
            if series.is_known:
                words.add(series.name, "B", "", "v/")
                words.add_series(series.name)
            cursor.execute(
                "UPDATE papers_searchdoc d SET venue = %s, words = d.words || %s::tsvector"
                " FROM papers_paper p WHERE p.id = d.paper_id AND p.venue = %s",
                [series.name, words.print(), venue],
            )


class Migration(migrations.Migration):

    dependencies = [("papers", "0049_appearance")]

    operations = [migrations.RunPython(file_series, migrations.RunPython.noop)]
