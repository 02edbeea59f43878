"""The log of administration, invitations, signing in, and who a member is."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON core_adminevent
    FOR EACH ROW EXECUTE FUNCTION core_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON core_adminevent
    FOR EACH STATEMENT EXECUTE FUNCTION core_refuse();
"""
UNDO = """
DROP TRIGGER append_only ON core_adminevent;
DROP TRIGGER no_truncate ON core_adminevent;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0006_edition"),
    ]

    operations = [
        migrations.CreateModel(
            name='AdminEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('what', models.CharField(max_length=24)),
                ('label', models.CharField(max_length=200)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('operator', 'Operator'), ('handler', 'Handler'), ('leader', 'Unit leader'), ('supervisor', 'Supervisor'), ('caller', 'Caller'), ('inspector', 'Inspector'), ('editor', 'Editor'), ('manager', 'Manager')], max_length=12), size=None)),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('token_hash', models.BinaryField(max_length=32, null=True, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('result', models.CharField(choices=[('signed_in', 'Signed in'), ('with_code', 'Signed in with a code'), ('recovery', 'Signed in with a recovery code'), ('wrong_code', 'Wrong code'), ('demo', 'Signed in with one click')], max_length=10)),
                ('address', models.GenericIPAddressField(null=True)),
                ('browser', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=16)),
                ('about', models.BigIntegerField(null=True)),
                ('name', models.CharField(max_length=200)),
                ('lines', models.JSONField()),
                ('made_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='member',
            name='phone',
            field=models.CharField(blank=True, max_length=30, verbose_name='telephone'),
        ),
        migrations.AddField(
            model_name='member',
            name='post',
            field=models.CharField(blank=True, max_length=60, verbose_name='post'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('by__isnull', False)), fields=['by', 'recorded_at', 'id'], name='event_by'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('name', 'contact_read')), fields=['recorded_at', 'id'], name='event_contact_read'),
        ),
        migrations.AddField(
            model_name='adminevent',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='adminevent',
            name='member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='adminevent',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='signin',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='upload',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.member'),
        ),
        migrations.AddIndex(
            model_name='adminevent',
            index=models.Index(fields=['by', '-id'], name='admin_by'),
        ),
        migrations.AddIndex(
            model_name='adminevent',
            index=models.Index(fields=['unit', '-id'], name='admin_unit'),
        ),
        migrations.AddIndex(
            model_name='adminevent',
            index=models.Index(fields=['member', '-id'], name='admin_member'),
        ),
        migrations.AddIndex(
            model_name='adminevent',
            index=models.Index(fields=['what', '-id'], name='admin_what'),
        ),
        migrations.AddIndex(
            model_name='adminevent',
            index=models.Index(fields=['at'], name='admin_at'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(condition=models.Q(('revoked_at', None), ('used_at', None)), fields=['unit', '-id'], name='invitation_waiting'),
        ),
        migrations.AddIndex(
            model_name='signin',
            index=models.Index(fields=['user', '-at'], name='sign_in_of_user'),
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]
