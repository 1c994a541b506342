"""Notices are called notifications, as everywhere else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0016_changes")]

    operations = [
        migrations.RenameModel("Notice", "Notification"),
        migrations.RenameModel("NoticeChoice", "NotificationChoice"),
        migrations.RenameModel("NoticeMark", "NotificationMark"),
        migrations.RenameIndex("notification", "notification_newest", "notice_newest"),
        migrations.RenameIndex("notification", "notification_unread", "notice_unread"),
        migrations.RenameIndex("notification", "notification_unmailed", "notice_unmailed"),
        migrations.RemoveConstraint("notification", "one_notice_per_member_and_event"),
        migrations.AddConstraint(
            "notification",
            models.UniqueConstraint(
                fields=["member", "event"], name="one_notification_per_member_and_event"
            ),
        ),
        migrations.AlterField(
            "notification",
            "event",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to="papers.event",
            ),
        ),
        migrations.AlterField(
            "notification",
            "member",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "notificationchoice",
            "member",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notification_choices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
