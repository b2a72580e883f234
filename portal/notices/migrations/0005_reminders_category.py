from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

NAMES = ("sessions", "reflections", "practice", "reminders", "agency", "digest")


def keep_all(apps, schema_editor):
    """Every choice there was is one still."""


def forget_new_ones(apps, schema_editor):
    """Back then there were no such categories to choose."""
    apps.get_model("notices", "Preference").objects.filter(
        category__in=["reminders", "digest"]
    ).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_paused_address'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='preference',
            name='notices_preference_category',
        ),
        migrations.RunPython(keep_all, forget_new_ones),
        migrations.AlterField(
            model_name='preference',
            name='category',
            field=models.CharField(choices=[('sessions', 'Sessions and communities'), ('reflections', 'Reflections and answers'), ('practice', 'Reviews, feedback and goals'), ('reminders', 'Recurring reminders'), ('agency', 'Your agency and your account'), ('digest', 'Many notices in one mail')], max_length=20),
        ),
        AddConstraintNotValid(
            model_name='preference',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', list(NAMES))), name='notices_preference_category'),
        ),
    ]
