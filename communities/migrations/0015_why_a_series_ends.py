"""Why a series ended or comes to its end. Columns with a default in the database: no row is
rewritten, and code that does not know them yet goes on writing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0014_outcomes_taken_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='ending',
            name='reason',
            field=models.TextField(blank=True, db_default='', default='', max_length=500, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='series',
            name='ends_why',
            field=models.TextField(blank=True, db_default='', default='', max_length=500),
        ),
    ]
