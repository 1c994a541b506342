import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_cache_table")]

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(blank=True, editable=False, max_length=200)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("template", models.CharField(editable=False, max_length=120)),
                ("text", models.TextField(blank=True, editable=False)),
                ("html", models.TextField(blank=True, editable=False)),
                ("message_id", models.CharField(editable=False, max_length=255, unique=True)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, help_text="What the server said last.", max_length=500)),
            ],
            options={
                "ordering": ["-written_at", "-pk"],
                "indexes": [models.Index(fields=["-written_at", "-id"], name="mail_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("key",), name="one_mail_per_occasion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at__isnull", True), ("refused_at__isnull", True), _connector="OR"),
                        name="a_mail_is_not_both_sent_and_refused",
                    ),
                ],
            },
        ),
    ]
