from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_keep_what_was_asked")]

    operations = [
        migrations.RemoveField(model_name="course", name="minimum_common_hours"),
        migrations.RemoveField(model_name="course", name="team_size"),
    ]
