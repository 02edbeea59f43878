# What finding by words needs, and the lists that members make their own.

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0008_knowledge"),
    ]

    operations = [
        migrations.CreateModel(
            name='ChosenColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list', models.CharField(max_length=20)),
                ('names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
            ],
        ),
        migrations.CreateModel(
            name='Indexed',
            fields=[
                ('pk', models.CompositePrimaryKey('kind', 'ref', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('ref', models.BigIntegerField()),
                ('text', models.TextField()),
                ('pairs', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='name')),
                ('query', models.CharField(max_length=1000)),
                ('is_shared', models.BooleanField(default=False, verbose_name='for my whole unit, and the units below it')),
            ],
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['due_at', 'id'], name='matter_any_due'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('state__in', ('received', 'listed', 'dispatched', 'handling', 'waiting', 'suspended', 'handed_in'))), fields=['id'], name='matter_open'),
        ),
        migrations.AddField(
            model_name='chosencolumns',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddIndex(
            model_name='indexed',
            index=django.contrib.postgres.indexes.GinIndex(fields=['pairs'], name='indexed_pairs'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddConstraint(
            model_name='chosencolumns',
            constraint=models.UniqueConstraint(fields=('member', 'list'), name='columns_chosen_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('member', 'name'), name='view_named_once'),
        ),
        # Counts more of the pairs than usual: rare and common words are told apart by it.
        migrations.RunSQL(
            "ALTER TABLE core_indexed ALTER COLUMN pairs SET STATISTICS 200",
            "ALTER TABLE core_indexed ALTER COLUMN pairs SET STATISTICS -1",
        ),
    ]
