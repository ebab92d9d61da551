"""Give every product that stands an address of its own, and its file a place among several."""

import uuid

from django.db import migrations


def fill(apps, schema_editor):
    Product = apps.get_model("exchange", "Product")
    Attached = Product.files.through
    for product in Product.objects.only("pk", "file_id").iterator(chunk_size=500):
        # One default is shared by all rows that the migration before found.
        Product.objects.filter(pk=product.pk).update(public_id=uuid.uuid4())
        if product.file_id is not None:
            Attached.objects.create(product_id=product.pk, storedfile_id=product.file_id)


def take_back(apps, schema_editor):
    Product = apps.get_model("exchange", "Product")
    for product in Product.objects.iterator(chunk_size=500):
        first = product.files.order_by("pk").first()
        if first is not None:
            Product.objects.filter(pk=product.pk).update(file=first)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0019_works_of_activities")]

    operations = [migrations.RunPython(fill, take_back)]
