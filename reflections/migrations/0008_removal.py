import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reflections', '0007_follow_ups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Removal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('reflection', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='removal', to='reflections.reflection')),
            ],
            options={
                'verbose_name': 'removal',
                'verbose_name_plural': 'removals',
            },
        ),
    ]
