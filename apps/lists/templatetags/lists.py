"""Tables of lists: heads that sort."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.lists.pages.listing import Head, Listing

register = template.Library()


@register.simple_block_tag
def sorted_cards(content: str, listing: Listing, caption: str, kind: str = "") -> SafeString:
    """Like `cards`, with the columns of a list: `{% sorted_cards listing caption kind="jcm-projects" %}`.

    The head of a column that sorts is a link; the one that the list is sorted by says so, to those who do not see it too.
    """
    return format_html(
        '<table class="govuk-table jcm-cards{}"><caption class="govuk-table__caption govuk-visually-hidden">{}</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>'
        '<tbody class="govuk-table__body">{}</tbody></table>',
        f" {kind}" if kind else "",
        caption,
        format_html_join("", "{}", ((head_of(one),) for one in listing.heads.values())),
        content,
    )


def head_of(one: Head) -> SafeString:
    """One head."""
    if not one.url:
        return format_html('<th scope="col" class="govuk-table__header">{}</th>', one.head)
    turned = format_html(' aria-sort="{}"', one.turned) if one.turned else ""
    link = format_html(
        '<a class="govuk-link jcm-sort{}" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        f" jcm-sort--{one.turned}" if one.turned else "",
        one.url,
        one.head,
        _("(sort by this)") if not one.turned else _("(turn the order round)"),
    )
    return format_html('<th scope="col" class="govuk-table__header"{}>{}</th>', turned, link)
