"""Every component in every state: /style/ in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.looking import Looking, languages

HEADINGS = {
    "en": "How the pages are made: a gazette, not a dashboard",
    "ja": "ページの作り方：計器盤ではなく官報のように",
    "hi": "पृष्ठ कैसे बने हैं: राजपत्र, डैशबोर्ड नहीं",
}
FONTS = (
    "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).fontFamily.includes('GDS')).map((e) => e.outerHTML)"
)

FACES = """() => {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const inner = rules.flatMap((rule) => [...(rule.styleSheet?.cssRules ?? [])]);
    const faces = inner.filter((rule) => rule instanceof CSSFontFaceRule);
    return faces.map(({style}) => style).filter((face) => face.fontFamily.includes("Devanagari"))
        .map((face) => [face.fontWeight, face.getPropertyValue("src"), face.getPropertyValue("unicode-range")]);
}"""


@pytest.mark.parametrize("language", languages("hi"))
def test_it_fits_every_window_and_breaks_no_rule_of_the_policy(language: str, looking: Looking) -> None:
    for width in (1280, 375, 320):
        page = looking.open("/style/", language=language, width=width)
        expect(page.get_by_role("heading", level=1)).to_have_text(HEADINGS[language])
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert looking.overflow() == 0, width
        assert looking.refused() == []
        looking.picture(f"style-{language}-{width}")
    assert looking.foreign() == []
    assert looking.wrong == []
    assert page.evaluate(FONTS) == []


def test_devanagari_is_served_for_readers_whose_system_has_none(looking: Looking) -> None:
    looking.open("/style/", language="hi")
    assert looking.foreign() == []
    faces = looking.page.evaluate(FACES)
    assert [weight for weight, _source, _signs in faces] == ["400", "700"]
    for weight, source, signs in faces:
        assert source.startswith('local("Noto Sans Devanagari')
        assert signs.lower().startswith("u+900-97f")
        name = f"/static/devanagari/noto-sans-devanagari-devanagari-{weight}-normal.woff2"
        assert name.removeprefix("/static") in source
        answer = looking.page.request.get(f"{looking.server.url}{name}")
        assert (answer.status, answer.body()[:4]) == (200, b"wOF2")


@pytest.mark.parametrize("language", languages("ja"))
def test_buttons_are_as_high_as_the_fields_beside_them(language: str, looking: Looking) -> None:
    page = looking.open("/style/", language=language)
    boxes = [page.locator(kind).first.bounding_box() for kind in (".govuk-button", ".govuk-select", ".govuk-input")]
    assert [round(box["height"], 1) for box in boxes if box] == [44, 44, 44]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_stands_in_a_readers_way(scheme: str, width: int, looking: Looking) -> None:
    looking.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    looking.open("/style/", width=width)
    looking.picture(f"style-{scheme}-{width}")
    assert looking.barriers() == []


@pytest.mark.parametrize("language", languages("ja", ("ja", "hi")))
def test_nor_in_another_language(language: str, looking: Looking) -> None:
    looking.open("/style/", language=language)
    assert looking.barriers() == []


@pytest.mark.parametrize("language", languages("hi"))
def test_text_may_grow(language: str, looking: Looking) -> None:
    page = looking.open("/style/", language=language, width=640)  # 1280 px at 200 %
    assert looking.overflow() == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert looking.overflow() == 0


def test_it_can_be_printed_and_seen_in_forced_colours(looking: Looking) -> None:
    looking.page.emulate_media(forced_colors="active")
    looking.open("/style/")
    looking.picture("style-forced")
    looking.page.emulate_media(media="print", forced_colors="none")
    expect(looking.page.get_by_role("navigation", name="Breadcrumb")).to_be_hidden()
    expect(looking.page.get_by_text("Holidays do not move calendar days.")).to_be_visible()
    looking.picture("style-print")


def test_the_components_start(looking: Looking) -> None:
    page = looking.open("/style/")
    password = page.locator("#id_every-password")
    page.get_by_role("button", name="Show the password").first.click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide the password").first.click()
    expect(password).to_have_attribute("type", "password")


def test_the_first_key_leads_to_the_content(looking: Looking) -> None:
    page = looking.open("/style/")
    page.keyboard.press("Tab")
    # The link jumps by itself; it moves the focus once its script has begun.
    expect(page.locator(".govuk-skip-link")).to_have_attribute("data-govuk-skip-link-init", "")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_mistakes_are_listed_led_to_and_keep_what_was_typed(looking: Looking) -> None:
    page = looking.open("/style/")
    type_a_bad_date(page)
    page.locator("#form ~ form button[data-prevent-double-click], section form button[data-prevent-double-click]").first.click()
    expect(page).to_have_title("Error: How the pages are made – JCM India–Japan")
    summary = page.locator(".govuk-error-summary").first
    expect(summary).to_be_focused()
    expect(page.locator("#id_every-starts_on_0")).to_have_value("31")
    expect(page.locator("#id_every-starts_on_2")).to_have_value("2029")
    expect(page.locator("#id_every-amount")).to_have_value("12.5")
    summary.get_by_role("link", name="First day of the monitoring period: 31 2 2029 is no date.").click()
    expect(page.locator("#id_every-starts_on_0")).to_be_focused()
    assert (looking.wrong, looking.refused()) == ([], [])


def type_a_bad_date(page: Page) -> None:
    for place, typed in enumerate(("31", "2", "2029")):
        page.locator(f"#id_every-starts_on_{place}").fill(typed)
    page.locator("#id_every-amount").fill("12.5")


def test_the_language_is_changed_on_the_same_page(looking: Looking) -> None:
    page = looking.open("/style/?page=2")
    page.get_by_role("button", name="日本語").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADINGS["ja"])
    expect(page).to_have_url(f"{looking.server.url}/style/?page=2")
    expect(page.locator(".jcm-languages__now")).to_have_text("日本語")


def test_the_readers_zone_comes_first(looking: Looking) -> None:
    page = looking.open("/style/")
    closes = page.locator("#closes ~ p time")
    expect(closes).to_have_text(["Fri 9 March 2029, 20:30 IST", "24:00 JST"])
    expect(closes.first).to_have_attribute("datetime", "2029-03-09T15:00:00Z")


def test_without_scripts_the_page_is_whole(browser: Browser, looking: Looking) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{looking.server.url}/style/")
    expect(page.locator("#id_every-password")).to_be_visible()
    expect(page.get_by_role("button", name="Show the password")).to_have_count(0)
    expect(page.get_by_text("Explain this date").first).to_be_visible()
    context.close()
