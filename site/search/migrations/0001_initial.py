"""The index as tables, and the full-text table of SQLite."""

import django.db.models.deletion
from django.db import migrations, models

from search.engines import fts5_table


def create_fts5(apps, schema_editor) -> None:
    """Makes the FTS5 table on SQLite; the post_migrate handler looks after it from then on."""
    fts5_table.create(schema_editor.connection)


def drop_fts5(apps, schema_editor) -> None:
    """Takes the FTS5 table away again."""
    fts5_table.drop(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=190, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("title", models.TextField()),
                ("body", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, max_length=1000)),
                ("date", models.DateField(blank=True, null=True)),
                ("record_id", models.BigIntegerField(blank=True, db_index=True, null=True)),
                ("title_tokens", models.TextField(blank=True)),
                ("body_tokens", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "索引条目",
                "verbose_name_plural": "索引条目",
                "indexes": [models.Index(fields=["date", "id"], name="search_entry_by_date")],
            },
        ),
        migrations.CreateModel(
            name="SearchAudience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=100)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audience",
                        to="search.searchentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "可见对象",
                "verbose_name_plural": "可见对象",
                "indexes": [models.Index(fields=["token", "entry"], name="search_audience_by_token")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "token"), name="search_audience_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchFacet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=200)),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facets",
                        to="search.searchentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "分面",
                "verbose_name_plural": "分面",
                "indexes": [models.Index(fields=["name", "value", "entry"], name="search_facet_by_value")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "name", "value"), name="search_facet_once")
                ],
            },
        ),
        migrations.RunPython(create_fts5, drop_fts5),
    ]
