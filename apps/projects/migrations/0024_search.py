"""A project is found by its number, title, participants, places and methodologies."""

from django.db import migrations

from apps.lists.database import searched

PARTICIPANTS = """(select string_agg(concat_ws(' ', o.name, p.new_name, p.former_name), ' ')
  from projects_participant p join accounts_organisation o on o.id = p.organisation_id where p.project_id = s.id)"""
SITES = """(select string_agg(concat_ws(' ', place, district, state_or_province), ' ')
  from projects_site where project_id = s.id)"""
# A proposal until it is approved, as far as its number was published; then the version that stands on it.
METHODOLOGIES = """(select string_agg(concat_ws(' ', coalesce(m.reference, p.reference), coalesce(v.title, p.title)), ' ')
  from projects_methodologyapplied a
  left join methodologies_proposedmethodology p on p.id = a.proposal_id and p.reference <> ''
  left join methodologies_basis b on b.proposal_id = a.proposal_id
  left join methodologies_methodologyversion v on v.id = coalesce(a.version_id, b.version_id)
  left join methodologies_approvedmethodology m on m.id = v.methodology_id
 where a.project_id = s.id)"""
OF_ORGANISATION = "select p.project_id from projects_participant p where p.organisation_id = r.id"
OF_PROPOSAL = "select a.project_id from projects_methodologyapplied a where a.proposal_id = r.id"
OF_BASIS = "select a.project_id from projects_methodologyapplied a where a.proposal_id = r.proposal_id"


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0023_calculated"),
        ("methodologies", "0005_standstill"),
        ("lists", "0002_search"),
    ]
    operations = [
        searched(
            "project",
            "projects_project",
            f"concat_ws(' ', s.reference, s.title, {PARTICIPANTS}, {SITES}, {METHODOLOGIES})",
            ("reference", "title"),
            (
                ("projects_participant", "select r.project_id", ()),
                ("projects_site", "select r.project_id", ()),
                ("projects_methodologyapplied", "select r.project_id", ()),
                ("accounts_organisation", OF_ORGANISATION, ("name",)),
                ("methodologies_proposedmethodology", OF_PROPOSAL, ("reference", "title")),
                ("methodologies_basis", OF_BASIS, ()),
            ),
        ),
    ]
