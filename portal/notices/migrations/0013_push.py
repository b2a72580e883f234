"""Notices in browsers: which of them a person let show some, and one more channel."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

CHANNELS = [("portal", "In the portal"), ("mail", "Email"), ("push", "On my devices")]
KNOWN = models.Q(("channel__in", ["portal", "mail", "push"]))


def allow_the_channel(model):
    name = f"notices_{model}_channel"
    return [
        migrations.RemoveConstraint(model_name=model, name=name),
        AddConstraintNotValid(
            model_name=model, constraint=models.CheckConstraint(condition=KNOWN, name=name)
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0012_soft_bounces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("endpoint", models.CharField(max_length=1000, unique=True)),
                ("p256dh", models.CharField(max_length=100)),
                ("auth", models.CharField(max_length=40)),
                ("device", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_ok_at", models.DateTimeField(null=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="push_subscriptions", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "browser that shows notices",
                "verbose_name_plural": "browsers that show notices",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(("endpoint", ""), _negated=True), models.Q(("p256dh", ""), _negated=True), models.Q(("auth", ""), _negated=True)), name="notices_pushsubscription_whole"),
                ],
            },
        ),
        migrations.AlterField(
            model_name="delivery",
            name="channel",
            field=models.CharField(choices=CHANNELS, default="mail", max_length=12),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="reason",
            field=models.CharField(blank=True, choices=[("", ""), ("opted_out", "they do not want these by email"), ("quiet", "it would have come in quiet hours, and of no use after"), ("digest", "it goes with others in their digest"), ("address", "their address had refused mail before"), ("read", "they had read it in the portal"), ("inactive", "they no longer sign in here"), ("withdrawn", "it was taken back"), ("untrue", "it no longer held"), ("refused", "the mail server refused it"), ("returned", "it came back"), ("tried", "the mail server was away too long"), ("lost", "its worker was lost twice"), ("broken", "it could not be written"), ("no_browser", "no browser of theirs shows notices any more")], default="", max_length=12),
        ),
        migrations.AlterField(
            model_name="exclusion",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=12),
        ),
        migrations.AlterField(
            model_name="preference",
            name="channel",
            field=models.CharField(choices=CHANNELS, max_length=12),
        ),
        *allow_the_channel("exclusion"),
        *allow_the_channel("preference"),
    ]
