from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("papers", "0014_week_indexes")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="agenda_by_mail",
            field=models.BooleanField(default=True, verbose_name="agendas by mail"),
        ),
    ]
