"""Substring search (pg_trgm) and exclusion of overlapping intervals (btree_gist).

First of all and without dependency, so that every app can stand on it.
"""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []
    operations = [TrigramExtension(), BtreeGistExtension()]
