"""One agency asks another to join a community."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0007_agreements"), ("agencies", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='SpanProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(help_text='They see the proposal when they sign in. Nobody else there does.', max_length=254, verbose_name='work email of an admin there')),
                ('word', models.TextField(blank=True, help_text='They read this.', max_length=500, verbose_name='a word with it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'taken back')], max_length=9)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'proposal to span',
                'verbose_name_plural': 'proposals to span',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='spanproposal',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='spanproposal',
            name='community',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='communities.community'),
        ),
        migrations.AddField(
            model_name='spanproposal',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='spanproposal',
            constraint=models.UniqueConstraint(models.F('community'), django.db.models.functions.text.Lower('email'), condition=models.Q(('outcome', '')), name='communities_proposal_one_waits', violation_error_message='They were asked already.'),
        ),
        migrations.AddConstraint(
            model_name='spanproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None)), models.Q(('outcome__in', ['accepted', 'declined', 'withdrawn']), ('settled_at__isnull', False)), _connector='OR'), name='communities_proposal_settled_together'),
        ),
    ]
