from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # deliveries go on while the index is built

    dependencies = [
        ('notices', '0008_settings_valid'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at'], name='notices_delivery_settled'),
        ),
    ]
