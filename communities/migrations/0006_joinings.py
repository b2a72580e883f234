"""People on the way into a community."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0005_audience_validated"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('invited', 'invited'), ('asked', 'asked')], max_length=7)),
                ('role', models.CharField(choices=[('member', 'member'), ('host', 'host'), ('coach', 'coach')], default='member', max_length=8, verbose_name='as')),
                ('word', models.TextField(blank=True, max_length=500, verbose_name='a word with it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'taken back'), ('lapsed', 'no longer possible')], max_length=9)),
                ('answer', models.TextField(blank=True, max_length=500, verbose_name='a word with your answer')),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'joining',
                'verbose_name_plural': 'joinings',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='joining',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joining',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='communities.community'),
        ),
        migrations.AddField(
            model_name='joining',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joining',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('community', 'person'), name='communities_joining_one_waits', violation_error_message='They are invited already, or have asked.'),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None)), models.Q(('outcome__in', ['accepted', 'declined', 'withdrawn', 'lapsed']), ('settled_at__isnull', False)), _connector='OR'), name='communities_joining_settled_together'),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['member', 'host', 'coach']), ('way', 'invited')), models.Q(('role', 'member'), ('way', 'asked')), _connector='OR'), name='communities_joining_asks_as_member', violation_error_message='People ask to join as members.'),
        ),
    ]
