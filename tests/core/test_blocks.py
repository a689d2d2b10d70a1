"""Blocks that pages are built of."""

from __future__ import annotations

from typing import Any

from django.template import Context, Template


def words(template: str, **context: Any) -> str:
    return Template("{% load blocks %}" + template).render(Context(context))


def test_a_section_is_named_by_its_heading() -> None:
    html = words(
        '{% link "/all/" all as more %}{% section "x" head 0 note=more %}<p>in</p>{% endsection %}',
        all="All <11>",
        head="Papers & more",
    )
    assert html == (
        '<section class="jcm-section" aria-labelledby="x"><div class="jcm-section__head">'
        '<h2 class="govuk-heading-m" id="x">Papers &amp; more <span class="jcm-section__count">0</span></h2>'
        '<p class="jcm-section__more"><a class="govuk-link" href="/all/">All &lt;11&gt;</a></p></div><p>in</p></section>'
    )


def test_a_link_to_change_something_says_what() -> None:
    html = words('{% summary_row "Scopes" change_url="/c/" %}{{ value }}{% endsummary_row %}', value="<4>")
    assert '<dd class="govuk-summary-list__value">&lt;4&gt;</dd>' in html
    assert '<a class="govuk-link" href="/c/">Change<span class="govuk-visually-hidden"> Scopes</span></a>' in html
    assert "actions" not in words('{% summary_row "Scopes" %}4{% endsummary_row %}')


def test_a_table_repeats_its_heads_for_cards() -> None:
    html = words('{% cards "Dates" "Date" "Due" kind="jcm-dates" %}{% cell "Due" %}today{% endcell %}{% endcards %}')
    assert html.startswith('<table class="govuk-table jcm-cards jcm-dates"><caption')
    assert html.count('scope="col"') == 2
    assert '<td class="govuk-table__cell" data-label="Due"><div>today</div></td>' in html


def test_breadcrumbs_end_with_this_page() -> None:
    html = words('{% breadcrumbs "/" "Desk" "/projects/" "Projects" "IN003" %}')
    assert html.count("govuk-breadcrumbs__link") == 2
    assert html.index(">Desk<") < html.index(">Projects<")
    assert html.endswith('<li class="govuk-breadcrumbs__list-item" aria-current="page">IN003</li></ol></nav>')


def test_a_disclosure_explains_a_date_unless_told_otherwise() -> None:
    assert ">Explain this date<" in words("{% explain %}10 days{% endexplain %}")
    assert ">Show data<" in words('{% explain "Show data" %}10 days{% endexplain %}')


def test_an_item_is_numbered_for_every_reader() -> None:
    html = words('{% item 3 "Approve IN_PM007" %}text{% enditem %}')
    assert 'id="item-3" aria-labelledby="item-3-heading"' in html
    assert '<span class="govuk-visually-hidden">Item 3: </span>Approve IN_PM007' in html
