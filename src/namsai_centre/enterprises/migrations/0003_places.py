"""Provinces, districts and size classes of the data files."""

from django.db import migrations

from namsai_centre.enterprises.places import load_places, load_thresholds


def load(apps, schema_editor):
    load_places(apps.get_model("enterprises", "Place"))
    load_thresholds(apps.get_model("enterprises", "SizeThreshold"))


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_registry")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
