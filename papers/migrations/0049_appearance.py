"""The color, logo and announcement of the lab, and which announcement a member dismissed."""

import django.db.models.deletion

import papers.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0048_runs_of_lines'),
    ]

    operations = [
        migrations.AddField(
            model_name='lab',
            name='accent',
            field=models.CharField(choices=[('plum', 'Plum'), ('violet', 'Violet'), ('petrol', 'Petrol'), ('umber', 'Umber'), ('slate', 'Slate')], default='plum', max_length=10),
        ),
        migrations.AddField(
            model_name='lab',
            name='announcement',
            field=models.TextField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='lab',
            name='announcement_until',
            field=models.DateField(blank=True, help_text='Last day, included.', null=True),
        ),
        migrations.AddField(
            model_name='lab',
            name='logo',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='papers.file', to_field='key'),
        ),
        migrations.AddField(
            model_name='lab',
            name='logo_alt',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='member',
            name='dismissed',
            field=papers.fields.LineField(blank=True, editable=False, help_text='The announcement not shown again.', max_length=16),
        ),
    ]
