import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0020_fill_works")]

    operations = [
        migrations.RemoveField(model_name="product", name="file"),
        migrations.AlterField(
            model_name="product",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
