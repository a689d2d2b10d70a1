"""A site with many times its files: every row of theirs written again, its references kept, past all guards of the database.

What lists and desks ask of the database must not depend on how much there is; what is written here is read by them alone.
The guards stay off: the database is the test's own.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from psycopg import sql

# Whose rows are written again; credits and what is once for a site stay as they are.
APPS = frozenset({
    "committee", "composition", "documents", "drafting", "events", "findings", "idea_notes", "issuance", "lists", "meetings",
    "methodologies", "monitoring", "notifications", "project_changes", "projects", "public_inputs", "reference_emissions",
    "rules", "sustainability", "third_party_entities", "timekeeping", "workflow",
})  # fmt: skip
ALSO = frozenset({"accounts.Membership", "accounts.Organisation", "accounts.User"})
NOT = frozenset({
    "documents.Stocktake", "lists.SavedView", "notifications.Digest", "notifications.Mail", "notifications.Preference",
    "public_inputs.Sent", "workflow.EditionInForce", "workflow.GeneralStop", "workflow.Heartbeat", "workflow.HolidayList",
    "workflow.IssuedNumber",
})  # fmt: skip
# Everybody gets so many times the messages.
OF_THE_SAME = frozenset({("notifications.Message", "user"), ("notifications.Message", "membership")})
# Far from the keys of the site's own rows.
APART = 1_000_000
REFERS = frozenset({"subject_id", "project_id", "round_id", "decision_id"})
TEXTS = (models.CharField, models.TextField)


def multiplied(times: int) -> None:
    """Write every row of the site's files so many times again."""
    found = list(_models())
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", str(connection.settings_dict["NAME"]))) as superuser:
        for model in found:
            superuser.execute(sql.SQL("alter table {} disable trigger all").format(sql.Identifier(model._meta.db_table)))
        for model in found:
            superuser.execute(_again(model, found), {"times": times})
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", str(connection.settings_dict["NAME"]))) as superuser:
        superuser.execute("analyze")


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        name = model._meta.label
        if (name in ALSO or model._meta.app_label in APPS) and name not in NOT and not model._meta.proxy and model._meta.managed:
            yield model


def _again(model: type[models.Model], copied: list[type[models.Model]]) -> sql.Composed:
    fields = [one for one in model._meta.concrete_fields if not one.generated]
    columns = [sql.Identifier(str(one.column)) for one in fields]
    values = [_value(model, one, copied) for one in fields]
    return sql.SQL("insert into {0} ({1}) select {2} from {0} o, generate_series(1, %(times)s) n").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns), sql.SQL(", ").join(values)
    )


def _value(model: type[models.Model], field: models.Field, copied: list[type[models.Model]]) -> sql.Composable:
    """What a column of a copy holds: of keys those of the copies, of what there may be once only something else."""
    own = sql.SQL("o.{}").format(sql.Identifier(str(field.column)))
    if isinstance(field, models.ForeignKey):
        is_copied = field.related_model in copied and (model._meta.label, field.name) not in OF_THE_SAME
        return sql.SQL("{} + n * {}").format(own, APART) if is_copied else own
    if field.name in REFERS or (field.primary_key and not isinstance(field, models.UUIDField)):
        return sql.SQL("{} + n * {}").format(own, APART)
    return _another(field).format(own) if _is_once(model, field) else own


def _is_once(model: type[models.Model], field: models.Field) -> bool:
    alone = [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    of_a_side = {(field.name, "side"), ("side", field.name)}
    return field.unique or field.name in {"act_id", "email"} or not of_a_side.union([(field.name,)]).isdisjoint(alone)


def _another(field: models.Field) -> sql.SQL:
    if isinstance(field, models.UUIDField):
        return sql.SQL("md5({0}::text || n)::uuid")
    if isinstance(field, TEXTS):
        return sql.SQL("case when {0} = '' then '' else {0} || '-' || n end")
    return sql.SQL("{} + n * 100")
