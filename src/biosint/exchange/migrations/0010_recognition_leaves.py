from django.db import migrations


class Migration(migrations.Migration):
    """Recognition becomes an app of its own: its table keeps every row and takes that app's name."""

    dependencies = [("exchange", "0009_gradebook")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("Recognition", "recognition_recognition")],
            state_operations=[migrations.DeleteModel("Recognition")],
        ),
    ]
