# The tables of the core.

import daodi.core.matters.states
import datetime
import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('is_worked', models.BooleanField(verbose_name='worked')),
                ('name', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='ColumnMap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signature', models.CharField(max_length=64)),
                ('columns', models.JSONField()),
                ('fields', models.JSONField()),
                ('saved_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True)),
                ('state', models.CharField(choices=[('received', 'Received'), ('listed', 'Listed'), ('dispatched', 'Dispatched'), ('handling', 'In hand'), ('waiting', 'Waiting for the resident'), ('suspended', 'Suspended'), ('handed_in', 'Handed in'), ('cleared', 'Cleared'), ('declined', 'Declined'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('version', models.PositiveIntegerField()),
                ('head', models.BinaryField(max_length=32)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('salt', models.BinaryField(max_length=16)),
                ('kind', models.CharField(choices=[('consult', 'Question'), ('help', 'Request for help'), ('opinion', 'Opinion'), ('suggestion', 'Suggestion'), ('complaint', 'Complaint'), ('report', 'Report of a wrong'), ('task', 'Task')], max_length=12)),
                ('urgency', models.CharField(choices=[('critical', 'Critical'), ('urgent', 'Urgent'), ('normal', 'Normal'), ('long', 'Long')], default='normal', max_length=8)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('extra', models.JSONField(default=dict)),
                ('channel', models.CharField(choices=[('web', 'Web page'), ('phone', 'Telephone'), ('counter', 'Counter'), ('inspection', 'Inspection'), ('import', 'Import'), ('api', 'Other system')], max_length=10)),
                ('is_confidential', models.BooleanField(default=False)),
                ('may_publish', models.BooleanField(default=False)),
                ('seen_by_units', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('seen_by_members', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('is_final', models.BooleanField(default=False)),
                ('pending', models.CharField(blank=True, max_length=12)),
                ('card', models.CharField(blank=True, max_length=6)),
                ('account', models.TextField(blank=True)),
                ('answer', models.TextField(blank=True)),
                ('filed_at', models.DateTimeField()),
                ('dispatched_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('contacted_at', models.DateTimeField(null=True)),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('cleared_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))),
                ('promised_at', models.DateTimeField(null=True)),
                ('clear_at', models.DateTimeField(null=True)),
                ('next_look_at', models.DateTimeField(null=True)),
                ('bounces', models.PositiveSmallIntegerField(default=0)),
                ('redos', models.PositiveSmallIntegerField(default=0)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('solved', models.CharField(blank=True, max_length=6)),
                ('satisfied', models.CharField(blank=True, max_length=10)),
                ('is_excluded', models.BooleanField(default=False)),
                ('code_hash', models.BinaryField(max_length=32, null=True)),
                ('form_key', models.UUIDField(null=True, unique=True)),
                ('source_key', models.CharField(blank=True, max_length=64)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DayRoot',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('events', models.PositiveIntegerField()),
                ('root', models.BinaryField(max_length=32)),
                ('closed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('level', models.CharField(choices=[('province', 'province'), ('city', 'city'), ('county', 'county'), ('town', 'town'), ('village', 'village')], max_length=8)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=24)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('side', models.CharField(choices=[(daodi.core.matters.states.Side['RESIDENT'], daodi.core.matters.states.Side['RESIDENT']), (daodi.core.matters.states.Side['OPERATOR'], daodi.core.matters.states.Side['OPERATOR']), (daodi.core.matters.states.Side['LEAD'], daodi.core.matters.states.Side['LEAD']), (daodi.core.matters.states.Side['JOINT'], daodi.core.matters.states.Side['JOINT']), (daodi.core.matters.states.Side['LEADER'], daodi.core.matters.states.Side['LEADER']), (daodi.core.matters.states.Side['SUPERVISOR'], daodi.core.matters.states.Side['SUPERVISOR']), (daodi.core.matters.states.Side['CALLER'], daodi.core.matters.states.Side['CALLER']), (daodi.core.matters.states.Side['INSPECTOR'], daodi.core.matters.states.Side['INSPECTOR']), (daodi.core.matters.states.Side['SYSTEM'], daodi.core.matters.states.Side['SYSTEM'])], max_length=10)),
                ('is_public', models.BooleanField()),
                ('data', models.JSONField(default=dict)),
                ('digest', models.BinaryField(max_length=32, null=True)),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('solved', models.CharField(choices=[('yes', 'Solved'), ('partly', 'Partly solved'), ('no', 'Not solved')], max_length=6)),
                ('satisfied', models.CharField(choices=[('yes', 'Satisfied'), ('basically', 'Basically satisfied'), ('no', 'Not satisfied')], max_length=10)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Ledger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('public_name', models.CharField(blank=True, max_length=60, verbose_name='name for residents')),
                ('public_name_en', models.CharField(blank=True, max_length=80, verbose_name='name for residents in English')),
                ('purpose', models.TextField(blank=True, verbose_name='what it is for')),
                ('prefix', models.CharField(max_length=6, verbose_name='prefix of numbers')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('consult', 'Question'), ('help', 'Request for help'), ('opinion', 'Opinion'), ('suggestion', 'Suggestion'), ('complaint', 'Complaint'), ('report', 'Report of a wrong'), ('task', 'Task')], max_length=12), size=None, verbose_name='kinds')),
                ('residents_file', models.BooleanField(default=False, verbose_name='residents may file')),
                ('is_public', models.BooleanField(default=False, verbose_name="matters may be published, with the resident's consent")),
                ('leader_signs', models.BooleanField(default=False, verbose_name='a leader signs before hand-in')),
                ('is_confidential', models.BooleanField(default=False, verbose_name='every matter is confidential')),
                ('clear_after_satisfied', models.PositiveSmallIntegerField(default=0, verbose_name='days until a satisfied matter is cleared')),
                ('clear_after_silence', models.PositiveSmallIntegerField(blank=True, default=15, null=True, verbose_name='days of silence until a matter is cleared')),
                ('reopen_days', models.PositiveSmallIntegerField(default=30, verbose_name='days in which a resident may ask for redo')),
                ('fields', models.JSONField(blank=True, default=list, verbose_name='extra fields')),
                ('decline_reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None, verbose_name='reasons to decline')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('operator', 'Operator'), ('handler', 'Handler'), ('leader', 'Unit leader'), ('supervisor', 'Supervisor'), ('caller', 'Caller'), ('inspector', 'Inspector'), ('editor', 'Editor'), ('manager', 'Manager')], max_length=12), size=None)),
                ('is_active', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('text', models.TextField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField(blank=True)),
                ('added_at', models.DateTimeField()),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('name', models.CharField(max_length=100)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('source', models.TextField(blank=True)),
                ('rules', models.JSONField()),
            ],
            options={
                'ordering': ['code', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('kind', models.CharField(choices=[('government', 'Government'), ('department', 'Department'), ('town', 'Town'), ('village', 'Village or community'), ('section', 'Section or station'), ('enterprise', 'Public enterprise')], default='department', max_length=12)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=80)),
                ('level', models.PositiveSmallIntegerField()),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('kind_hint', models.CharField(blank=True, choices=[('consult', 'Question'), ('help', 'Request for help'), ('opinion', 'Opinion'), ('suggestion', 'Suggestion'), ('complaint', 'Complaint'), ('report', 'Report of a wrong'), ('task', 'Task')], max_length=12)),
                ('is_confidential', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='below', to='core.category')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='CatalogueLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.category')),
            ],
            options={
                'ordering': ['ledger', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='core.matter')),
                ('sealed', models.BinaryField()),
                ('phone_hash', models.BinaryField(db_index=True, max_length=32, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='matter',
            name='category',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='core.category'),
        ),
        migrations.AddField(
            model_name='matter',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='core.matter'),
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('party', models.CharField(max_length=12)),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('is_provisional', models.BooleanField(default=False)),
                ('paused_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('how', models.CharField(blank=True, choices=[('met', 'Met'), ('late', 'Late'), ('void', 'No longer runs')], max_length=4)),
                ('card', models.CharField(blank=True, max_length=6)),
                ('alarm', models.PositiveSmallIntegerField(default=0)),
                ('alarm_at', models.DateTimeField(null=True)),
                ('inputs', models.JSONField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='core.matter')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('mime', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.BinaryField(max_length=32)),
                ('is_picture', models.BooleanField(default=False)),
                ('is_public', models.BooleanField(default=True, verbose_name='the resident sees it')),
                ('added_at', models.DateTimeField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='core.matter')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('objection', 'Objection'), ('extension', 'Extension'), ('suspension', 'Suspension'), ('signature', 'Signature')], max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('basis', models.TextField(blank=True)),
                ('until', models.DateTimeField(null=True)),
                ('account', models.TextField(blank=True)),
                ('answer', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('is_granted', models.BooleanField(null=True)),
                ('remark', models.TextField(blank=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='core.matter')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='matter',
            name='division',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='core.division'),
        ),
        migrations.AddIndex(
            model_name='division',
            index=models.Index(fields=['code'], name='division_prefix', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddField(
            model_name='catalogueline',
            name='area',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='core.division'),
        ),
        migrations.CreateModel(
            name='EventText',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='words', serialize=False, to='core.event')),
                ('text', models.TextField()),
                ('salt', models.BinaryField(max_length=16)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='core.matter'),
        ),
        migrations.AddField(
            model_name='judgement',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='core.matter'),
        ),
        migrations.AddField(
            model_name='matter',
            name='ledger',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='core.ledger'),
        ),
        migrations.AddField(
            model_name='columnmap',
            name='ledger',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.ledger'),
        ),
        migrations.AddField(
            model_name='category',
            name='ledger',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='core.ledger'),
        ),
        migrations.AddField(
            model_name='catalogueline',
            name='ledger',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='catalogue', to='core.ledger'),
        ),
        migrations.AddField(
            model_name='member',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ledger',
            name='confidants',
            field=models.ManyToManyField(blank=True, related_name='+', to='core.member', verbose_name='who lists confidential matters'),
        ),
        migrations.AddField(
            model_name='judgement',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='event',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='decision',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='decision',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='order',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='order',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.member'),
        ),
        migrations.AddField(
            model_name='order',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='core.matter'),
        ),
        migrations.AddField(
            model_name='part',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='core.matter'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.UniqueConstraint(fields=('code', 'version'), name='policy_version_once'),
        ),
        migrations.AddField(
            model_name='ledger',
            name='policy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.policyversion', verbose_name='clocks'),
        ),
        migrations.AddField(
            model_name='clock',
            name='policy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.policyversion'),
        ),
        migrations.AddField(
            model_name='unit',
            name='division',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.division'),
        ),
        migrations.AddField(
            model_name='part',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='member',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='core.unit'),
        ),
        migrations.AddField(
            model_name='matter',
            name='first_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='matter',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='ledger',
            name='supervising_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit', verbose_name='unit that supervises'),
        ),
        migrations.AddField(
            model_name='ledger',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit', verbose_name='unit that lists and dispatches'),
        ),
        migrations.AddField(
            model_name='event',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='decision',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='catalogueline',
            name='joint',
            field=models.ManyToManyField(blank=True, related_name='+', to='core.unit'),
        ),
        migrations.AddField(
            model_name='catalogueline',
            name='lead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.unit'),
        ),
        migrations.AddConstraint(
            model_name='columnmap',
            constraint=models.UniqueConstraint(fields=('ledger', 'signature'), name='column_map_once'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('ledger', 'code'), name='category_code_once'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('level__range', (1, 3))), name='category_three_levels'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('matter',), name='order_one_open'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('stopped_at', None)), fields=['matter'], name='clock_running'),
        ),
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('is_provisional', True), ('stopped_at', None)), fields=['due_at'], name='clock_provisional'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('started_at'))), name='clock_due_after_start'),
        ),
        migrations.AddConstraint(
            model_name='clock',
            constraint=models.UniqueConstraint(condition=models.Q(('stopped_at', None)), fields=('matter', 'name'), name='clock_runs_once'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('matter', 'unit'), name='part_once'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('user', 'unit'), name='member_once_in_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('roles__contained_by', ['operator', 'handler', 'leader', 'supervisor', 'caller', 'inspector', 'editor', 'manager'])), name='member_roles_known'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('next_look_at__isnull', False)), fields=['next_look_at'], name='matter_next_look'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('state__in', ('received', 'listed', 'dispatched', 'handling', 'waiting', 'suspended', 'handed_in'))), fields=['due_at', 'id'], name='matter_due'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('state__in', ('received', 'listed', 'dispatched', 'handling', 'waiting', 'suspended', 'handed_in'))), fields=['state', 'due_at', 'id'], name='matter_state_due'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('state__in', ('received', 'listed'))), fields=['due_at', 'id'], name='matter_to_list'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('state__in', ('dispatched', 'handling'))), fields=['unit', 'due_at', 'id'], name='matter_to_handle'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('state__in', ('received', 'listed', 'dispatched', 'handling', 'waiting', 'suspended', 'handed_in')), models.Q(('card', ''), _negated=True)), fields=['due_at', 'id'], name='matter_card'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('pending', ''), _negated=True), fields=['pending', 'due_at', 'id'], name='matter_pending'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=django.contrib.postgres.indexes.GinIndex(fields=['seen_by_units'], name='matter_seen_units'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=django.contrib.postgres.indexes.GinIndex(fields=['seen_by_members'], name='matter_seen_members'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', daodi.core.matters.states.State)), name='matter_state_known'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('ledger', 'source_key'), name='matter_source_once'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(('unit__isnull', False), models.Q(('state__in', ('dispatched', 'handling', 'waiting', 'suspended')), _negated=True), _connector='OR'), name='matter_with_a_unit_when_dispatched'),
        ),
        migrations.AddConstraint(
            model_name='ledger',
            constraint=models.CheckConstraint(condition=models.Q(('prefix__regex', '^[A-Z]{1,6}$')), name='ledger_prefix'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['recorded_at', 'id'], name='event_recorded'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('matter', 'seq'), name='event_seq_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('matter',), name='decision_one_open'),
        ),
        migrations.AddConstraint(
            model_name='catalogueline',
            constraint=models.UniqueConstraint(fields=('ledger', 'number'), name='catalogue_number_once'),
        ),
        migrations.AddConstraint(
            model_name='catalogueline',
            constraint=models.UniqueConstraint(fields=('ledger', 'category', 'area'), name='catalogue_once', nulls_distinct=False),
        ),
    ]
