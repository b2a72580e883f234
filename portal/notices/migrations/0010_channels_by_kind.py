"""A person may leave out one kind over a channel, and the portal is a channel like the others."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

CHANNELS = [("portal", "In the portal"), ("mail", "Email")]


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0009_delivery_settled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("channel", models.CharField(choices=CHANNELS, max_length=12)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="notice_exclusions", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "kind that is left out",
                "verbose_name_plural": "kinds that are left out",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "channel", "person"), name="notices_exclusion_once"),
                    models.CheckConstraint(condition=models.Q(("channel__in", ["portal", "mail"])), name="notices_exclusion_channel"),
                    models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="notices_exclusion_of_a_kind"),
                ],
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="in_portal",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(choices=CHANNELS, default="mail", max_length=12),
        ),
        migrations.AlterField(
            model_name="preference",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=12),
        ),
        migrations.RemoveConstraint(
            model_name="preference",
            name="notices_preference_channel",
        ),
        AddConstraintNotValid(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["portal", "mail"])),
                name="notices_preference_channel",
            ),
        ),
    ]
