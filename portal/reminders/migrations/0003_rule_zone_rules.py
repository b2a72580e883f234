from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reminders', '0002_breaks'),
    ]

    operations = [
        migrations.AddField(
            model_name='rule',
            name='zone_rules',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
