import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("papers", "0005_review_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False)),
                ("papers", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="SearchDoc",
            fields=[
                ("paper", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_doc", serialize=False, to="papers.paper")),
                ("added_at", models.DateTimeField()),
                ("year", models.PositiveSmallIntegerField(default=0)),
                ("venue", models.CharField(blank=True, max_length=300)),
                ("topics", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ("reviewers", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ("reviewed_at", models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ("spread", models.PositiveSmallIntegerField(default=0)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], gin_pending_list_limit=512, name="search_words"),
                    django.contrib.postgres.indexes.GinIndex(fields=["topics"], name="search_topics"),
                    django.contrib.postgres.indexes.GinIndex(fields=["reviewers"], name="search_reviewers"),
                    models.Index(fields=["-added_at", "-paper"], name="search_newest"),
                    models.Index(fields=["-year", "-added_at", "-paper"], name="search_by_year"),
                    models.Index(fields=["-reviewed_at", "-added_at", "-paper"], name="search_by_review"),
                ],
            },
        ),
        # Lexemes stand apart from the row, uncompressed, so that the rows of a common word are few
        # pages and ranking reads only the rows it ranks. What facets count stays in the row.
        migrations.RunSQL(
            "ALTER TABLE papers_searchdoc ALTER COLUMN words SET STORAGE EXTERNAL,"
            " ALTER COLUMN topics SET STORAGE MAIN, ALTER COLUMN reviewers SET STORAGE MAIN,"
            " ALTER COLUMN venue SET STORAGE MAIN;"
            "ALTER TABLE papers_searchdoc SET (toast_tuple_target = 128);",
            migrations.RunSQL.noop,
        ),
    ]
