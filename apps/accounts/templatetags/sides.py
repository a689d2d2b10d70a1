"""The two sides on a page: their marks and names. The letters of the partner come from JCM_PARTNER."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.render import membership_words, side_code, side_name
from apps.accounts.roles import Side

register = template.Library()

JAPAN_ZONE = "Asia/Tokyo"

register.simple_tag(side_name)
register.filter(membership_words)


@register.simple_tag
def side(value: str | None, *, named: bool = False) -> str:
    """The mark of a side: `{% side membership.side %}`; `named=True` writes the country after it.

    Nothing for those of neither side. Raises ValueError for what is no side.
    """
    if not value:
        return ""
    mark = "host" if Side(value) is Side.HOST else "japan"
    if named:
        return format_html(
            '<span class="jcm-side jcm-side--{}" aria-hidden="true">{}</span> {}', mark, side_code(value), side_name(value)
        )
    return format_html(
        '<span class="jcm-side jcm-side--{}">{}<span class="govuk-visually-hidden"> ({})</span></span>',
        mark,
        side_code(value),
        side_name(value),
    )


@register.simple_block_tag
def sided(content: str, value: str) -> SafeString:
    """A line that hangs beside the mark of its side: `{% sided "host" %}Biogas producer{% endsided %}`."""
    return format_html('<span class="jcm-sided">{}<span>{}</span></span>', side(value), content)


@register.simple_tag
def product_name() -> str:
    """The name of this site."""
    return _("JCM %(partner)s–Japan") % {"partner": side_name(Side.HOST)}


@register.simple_tag(takes_context=True)
def viewer_zone(context: Context) -> str:
    """The zone to write first: that of the side the reader acts for (`acting.side`), else the partner's."""
    acting = context.get("acting") or {}
    held = acting.get("side") if isinstance(acting, dict) else getattr(acting, "side", None)
    return JAPAN_ZONE if held == Side.JAPAN else settings.JCM_HOST_ZONE
