from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0020_desk")]

    operations = [
        migrations.AddField(
            model_name="learning", name="is_held", field=models.BooleanField(default=False)
        )
    ]
