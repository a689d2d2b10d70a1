"""A procedure on paper: its rows as a Markdown table, and as a diagram, both from the same rows."""

from apps.workflow.render.diagram import diagram
from apps.workflow.render.markdown import markdown

__all__ = ["diagram", "markdown"]
