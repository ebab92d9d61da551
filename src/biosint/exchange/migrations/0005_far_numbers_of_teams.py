from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_ask_in_the_plan")]

    operations = [
        migrations.AddField(
            model_name="teamplan",
            name="formed_by_job",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="team", name="number", field=models.PositiveIntegerField(verbose_name="number")
        ),
    ]
