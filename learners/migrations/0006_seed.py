from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0005_former_keys'),
    ]

    operations = [
        migrations.RenameField(
            model_name='learner',
            old_name='lot',
            new_name='seed',
        ),
    ]
