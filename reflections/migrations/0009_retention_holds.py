import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import portal.agencies.models.dated
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_place_valid'),
        ('reflections', '0008_removal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Retention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='from')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('years', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='years')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'time that reflections are kept',
                'verbose_name_plural': 'times that reflections are kept',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('written_before', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retention', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endings', to='reflections.retention')),
            ],
            options={
                'verbose_name': 'end that was told of',
                'verbose_name_plural': 'ends that were told of',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='from')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('reason', models.CharField(max_length=300, verbose_name='why')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'legal hold',
                'verbose_name_plural': 'legal holds',
                'abstract': False,
                'indexes': [models.Index(fields=['person', 'until'], name='reflections_hold_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='reflections_hold_ends_after_start', violation_error_message='Choose an end that comes after the start.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reflections_hold_has_a_reason', violation_error_message='Say why. The person reads this.')],
            },
            bases=(portal.agencies.models.dated.OnDays, models.Model),
        ),
        migrations.AddConstraint(
            model_name='retention',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='reflections_retention_ends_after_start', violation_error_message='Choose an end that comes after the start.'),
        ),
        migrations.AddConstraint(
            model_name='retention',
            constraint=models.CheckConstraint(condition=models.Q(('years__gte', 1), ('years__lte', 50)), name='reflections_retention_years', violation_error_message='Choose from 1 to 50 years.'),
        ),
        migrations.AddConstraint(
            model_name='retention',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('agency',), name='reflections_retention_one_holds', violation_error_message='End what holds before the next.'),
        ),
        migrations.AddIndex(
            model_name='ending',
            index=models.Index(fields=['author', 'retention', 'at'], name='reflections_ending_of'),
        ),
    ]
