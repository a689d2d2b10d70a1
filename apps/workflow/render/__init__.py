"""A procedure on paper: its rows as a Markdown table and as a diagram; the editions' parameters; the forms; a file's facts."""

from apps.workflow.render.diagram import diagram
from apps.workflow.render.facts import Fact, facts_of, notes_of
from apps.workflow.render.markdown import markdown
from apps.workflow.render.official_forms import official_forms
from apps.workflow.render.parameters import parameters
from apps.workflow.render.windows import counted, moved

__all__ = ["Fact", "counted", "diagram", "facts_of", "markdown", "moved", "notes_of", "official_forms", "parameters"]
