"""Blocks that pages are built of. Each opens and closes: `{% section ... %} ... {% endsection %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def breadcrumbs(*steps: str) -> SafeString:
    """The way here: `{% breadcrumbs desk_url _("Desk") projects_url _("Projects") "IN003" %}`.

    Pairs of address and name from the top, then the name of this page.
    """
    item = '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>'
    return format_html(
        '<nav class="govuk-breadcrumbs" aria-label="{}"><ol class="govuk-breadcrumbs__list">{}'
        '<li class="govuk-breadcrumbs__list-item" aria-current="page">{}</li></ol></nav>',
        _("Breadcrumb"),
        format_html_join("", item, zip(steps[:-1:2], steps[1:-1:2], strict=True)),
        steps[-1],
    )


@register.simple_block_tag
def section(content: str, anchor: str, heading: str, count: object = "", note: object = "") -> SafeString:
    """A section: ink rule, heading, and at the right a note or link.

    `{% section "papers" _("Papers") papers|length note=link %}`; `note` is text or safe HTML.
    """
    number = format_html(' <span class="jcm-section__count">{}</span>', count) if count != "" else ""
    aside = format_html('<p class="jcm-section__more">{}</p>', note) if note else ""
    return format_html(
        '<section class="jcm-section" aria-labelledby="{0}"><div class="jcm-section__head">'
        '<h2 class="govuk-heading-m" id="{0}">{1}{2}</h2>{3}</div>{4}</section>',
        anchor,
        heading,
        number,
        aside,
        content,
    )


@register.simple_block_tag
def note(content: str, heading: str) -> SafeString:
    """A short note for the right-hand column."""
    return format_html('<section class="jcm-note"><h2 class="govuk-heading-s">{}</h2>{}</section>', heading, content)


@register.simple_tag
def link(url: str, words: str, hidden: str = "") -> SafeString:
    """A link; `hidden` completes its name for those who hear it out of its place."""
    extra = format_html('<span class="govuk-visually-hidden"> {}</span>', hidden) if hidden else ""
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', url, words, extra)


@register.simple_block_tag
def explain(content: str, summary: str = "") -> SafeString:
    """A disclosure under a date or figure; without words it says "Explain this date"."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary><div class="govuk-details__text">{}</div></details>',
        summary or _("Explain this date"),
        content,
    )


# --- Lists of terms -------------------------------------------------------------------------------


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """What is proposed or was entered, term by term; holds `{% summary_row %}`."""
    return format_html('<dl class="govuk-summary-list">{}</dl>', content)


@register.simple_block_tag
def summary_row(content: str, term: str, change_url: str = "") -> SafeString:
    """One term: `{% summary_row _("Monitoring period") %}...{% endsummary_row %}`; `change_url` adds a link to alter it."""
    change = ""
    if change_url:
        change = format_html('<dd class="govuk-summary-list__actions">{}</dd>', link(change_url, _("Change"), term))
    return format_html(
        '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        term,
        content,
        change,
    )


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A narrow list of terms for the right-hand column; holds `{% fact %}`."""
    return format_html('<dl class="jcm-facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, term: str) -> SafeString:
    """One term of `{% facts %}`."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", term, content)


# --- Tables that become cards on narrow screens ---------------------------------------------------


@register.simple_block_tag
def cards(content: str, caption: str, *columns: str, kind: str = "") -> SafeString:
    """A table: `{% cards _("Dates ahead") _("Date") _("What is due") kind="jcm-dates" %} rows {% endcards %}`.

    The caption is for those who cannot see the heading above. A row is
    `<tr class="govuk-table__row">{% rowhead %}..{% endrowhead %}{% cell _("Date") %}..{% endcell %}</tr>`.
    """
    heads = format_html_join("", '<th scope="col" class="govuk-table__header">{}</th>', ((name,) for name in columns))
    return format_html(
        '<table class="govuk-table jcm-cards{}"><caption class="govuk-table__caption govuk-visually-hidden">{}</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>'
        '<tbody class="govuk-table__body">{}</tbody></table>',
        f" {kind}" if kind else "",
        caption,
        heads,
        content,
    )


@register.simple_block_tag
def rowhead(content: str) -> SafeString:
    """What a row is about."""
    return format_html('<th scope="row" class="govuk-table__header">{}</th>', content)


@register.simple_block_tag
def cell(content: str, column: str) -> SafeString:
    """One cell; `column` repeats the head where the table has become cards."""
    return format_html('<td class="govuk-table__cell" data-label="{}"><div>{}</div></td>', column, content)


# --- Numbered items -------------------------------------------------------------------------------


@register.simple_block_tag
def item(content: str, number: int, heading: str, lead: object = "") -> SafeString:
    """One of several numbered items, each under its own rule: `{% item 1 _("Issue 18,407 credits") lead=text %}`.

    Its anchor is `#item-1`.
    """
    return format_html(
        '<section class="jcm-item" id="item-{0}" aria-labelledby="item-{0}-heading">'
        '<p class="jcm-item__no" aria-hidden="true">{0}</p>'
        '<div><h2 class="govuk-heading-m" id="item-{0}-heading">'
        '<span class="govuk-visually-hidden">{1} </span>{2}</h2>{3}{4}</div></section>',
        number,
        _("Item %(number)s:") % {"number": number},
        heading,
        format_html('<p class="jcm-item__lead">{}</p>', lead) if lead else "",
        content,
    )
