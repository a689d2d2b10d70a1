"""Plans and reports are written once; the projects and rounds that they name by number exist."""

from django.db import migrations

from apps.core.database import append_only

TABLES = ("plan", "plannedindicator", "report", "reportedindicator")


def refers(table: str, column: str, to: str) -> migrations.RunSQL:
    """A key into an app that stands above this one, judged at commit as Django's own are."""
    name = f"sd_{table}_of_{column.removesuffix('_id')}"
    return migrations.RunSQL(
        f"alter table sustainability_{table} add constraint {name}"
        f" foreign key ({column}) references {to} (id) deferrable initially deferred",
        f"alter table sustainability_{table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("sustainability", "0001_initial"),
        ("events", "0002_guards"),
        ("projects", "0001_initial"),
        ("issuance", "0001_initial"),
    ]
    operations = [
        refers("plan", "project_id", "projects_project"),
        refers("report", "project_id", "projects_project"),
        refers("report", "round_id", "issuance_round"),
        *(append_only(f"sustainability_{table}") for table in TABLES),
    ]
