"""Mails are encrypted, what lets in ends with an account, drafts are locked, tries are counted."""

from collections.abc import Callable
from typing import Any

from django.db import migrations, models

from papers.models.sealed import SealedTextField, seal, unseal


def _rewrite(change: Callable[[str], str | None]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        mails = apps.get_model("papers", "Mail").objects
        for mail in mails.exclude(text="", html="").only("pk", "text", "html").iterator():
            mails.filter(pk=mail.pk).update(
                text=change(mail.text) or "", html=change(mail.html) or ""
            )

    return run


class Migration(migrations.Migration):
    dependencies = [("papers", "0017_notifications")]

    operations = [
        migrations.RunPython(_rewrite(seal), _rewrite(lambda text: unseal(text) if text else "")),
        migrations.AlterField("mail", "text", SealedTextField(blank=True, editable=False)),
        migrations.AlterField("mail", "html", SealedTextField(blank=True, editable=False)),
        migrations.AddField(
            "member",
            "signed_out_at",
            models.DateTimeField(
                null=True,
                editable=False,
                help_text="Sessions, links and known devices from before let nobody in any more.",
            ),
        ),
        migrations.AddField(
            "member",
            "moved_from",
            models.EmailField(
                blank=True,
                default="",
                editable=False,
                max_length=254,
                help_text="From where an administrator moved the account, until the member agrees.",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "reviewdraft",
            "locked_at",
            models.DateTimeField(null=True, blank=True, editable=False),
        ),
        migrations.CreateModel(
            "Throttle",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("slot", models.PositiveIntegerField()),
                ("level", models.FloatField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["kind", "slot"], name="one_count_per_kind_and_slot"
                    )
                ]
            },
        ),
    ]
