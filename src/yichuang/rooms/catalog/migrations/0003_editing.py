"""A version is written, checked by a second person, and takes effect on a day; residents leave answers without a name."""

import django.db.models.deletion
import yichuang.ground.choices
import yichuang.ground.moves
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_one_town'),
        ('ground', '0002_trail'),
        ('people', '0002_one_town'),
    ]

    operations = [
        migrations.CreateModel(
            name='BasisCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_on', models.DateField(verbose_name='核对日期')),
                ('words', models.CharField(max_length=200, verbose_name='结论')),
                ('next_on', models.DateField(verbose_name='下次核对')),
            ],
            options={
                'verbose_name': '依据核对',
            },
        ),
        migrations.CreateModel(
            name='GuideAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version_number', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('day', models.DateField(verbose_name='日期')),
                ('understood', models.BooleanField(verbose_name='看懂了')),
                ('stuck', yichuang.ground.choices.Choice(blank=True, max_length=20, verbose_name='哪里没看懂')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='次数')),
            ],
            options={
                'verbose_name': '看懂了吗',
            },
        ),
        migrations.CreateModel(
            name='Precheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('question', models.CharField(max_length=100, verbose_name='问题')),
                ('answers', models.JSONField(verbose_name='答案')),
                ('cannot', models.JSONField(verbose_name='办不了的答案')),
                ('ask', models.JSONField(verbose_name='要问一问的答案')),
                ('why', models.CharField(blank=True, max_length=200, verbose_name='为什么办不了')),
                ('instead', models.CharField(blank=True, max_length=200, verbose_name='那怎么办')),
            ],
            options={
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, verbose_name='清单号')),
                ('items', models.JSONField(verbose_name='事项')),
                ('answers', models.JSONField(verbose_name='情形')),
                ('made_at', models.DateTimeField(verbose_name='存下')),
            ],
            options={
                'verbose_name': '存下的清单',
            },
        ),
        migrations.CreateModel(
            name='UnfoundQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40, verbose_name='说法')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='次数')),
                ('first_on', models.DateField(verbose_name='第一次')),
                ('last_on', models.DateField(verbose_name='最近一次')),
                ('status', yichuang.ground.choices.Choice(default='open', max_length=20, verbose_name='状态')),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '没查到的说法',
            },
            bases=(models.Model, yichuang.ground.moves.Living),
        ),
        migrations.AddField(
            model_name='field',
            name='example',
            field=models.CharField(blank=True, max_length=100, verbose_name='示例'),
        ),
        migrations.AddField(
            model_name='field',
            name='hint',
            field=models.CharField(blank=True, max_length=100, verbose_name='提示'),
        ),
        migrations.AddField(
            model_name='field',
            name='least',
            field=models.CharField(blank=True, max_length=20, verbose_name='最小'),
        ),
        migrations.AddField(
            model_name='field',
            name='most',
            field=models.CharField(blank=True, max_length=20, verbose_name='最大'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='effective_on',
            field=models.DateField(null=True, verbose_name='生效日'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='listing',
            field=models.JSONField(default=dict, verbose_name='实施清单'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='made_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='mistakes',
            field=models.JSONField(default=list, verbose_name='常见错误'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='name_en',
            field=models.CharField(blank=True, max_length=120, verbose_name='英文名称'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='为什么改'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='revision',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='summary_en',
            field=models.CharField(blank=True, max_length=500, verbose_name='英文简介'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('draft', 'proposed', 'scheduled'))), fields=('town', 'item'), name='one_open_version_an_item'),
        ),
        migrations.AddField(
            model_name='basischeck',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff'),
        ),
        migrations.AddField(
            model_name='basischeck',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='basis_checks', to='catalog.serviceitem'),
        ),
        migrations.AddField(
            model_name='basischeck',
            name='town',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.town'),
        ),
        migrations.AddField(
            model_name='guideanswer',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.serviceitem'),
        ),
        migrations.AddField(
            model_name='guideanswer',
            name='town',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.town'),
        ),
        migrations.AddField(
            model_name='precheck',
            name='town',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.town'),
        ),
        migrations.AddField(
            model_name='precheck',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='catalog.itemversion'),
        ),
        migrations.AddField(
            model_name='savedlist',
            name='town',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.town'),
        ),
        migrations.AddField(
            model_name='unfoundquery',
            name='item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.serviceitem'),
        ),
        migrations.AddField(
            model_name='unfoundquery',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff'),
        ),
        migrations.AddField(
            model_name='unfoundquery',
            name='town',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ground.town'),
        ),
        migrations.AddConstraint(
            model_name='guideanswer',
            constraint=models.UniqueConstraint(fields=('town', 'item', 'version_number', 'day', 'understood', 'stuck'), name='one_guide_answer_a_day'),
        ),
        migrations.AddConstraint(
            model_name='savedlist',
            constraint=models.UniqueConstraint(fields=('town', 'code'), name='one_saved_list_a_code'),
        ),
        migrations.AddConstraint(
            model_name='unfoundquery',
            constraint=models.UniqueConstraint(fields=('town', 'text'), name='one_unfound_query_a_text'),
        ),
    ]
