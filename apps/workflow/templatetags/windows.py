"""A date on a page: `{% load windows %}`, then `{{ deadline.window|counted }}` and `{% for line in deadline|moved %}`."""

from django import template

from apps.workflow.render import counted, moved

register = template.Library()
register.filter(counted)
register.filter(moved)
