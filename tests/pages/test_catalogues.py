"""The words of the site in Japanese and Hindi: nothing missing, nothing left over, nothing that breaks a sentence."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import polib
import pytest
from django.conf import settings

LOCALE = Path(settings.BASE_DIR) / "locale"
LANGUAGES = ["ja", "hi"]
FORMS = {"ja": 1, "hi": 2}
SOURCES = ["apps", "jcm", "templates"]
# How many of the first arguments makemessages reads.
TEXTS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2}
PARTNERS_NAME = "_(settings.JCM_PARTNER['name'])"
# Also the endings of file names, which are the same in every language.
MARKED_UP = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?\w+>|\.xlsx\b")
IN_BACKTICKS = re.compile(r"`[^`]*`")
ENGLISH = re.compile(r"\b[a-z]{4,}\b")

Key = tuple[str | None, str, str]


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def forms(entry: polib.POEntry) -> list[str]:
    """The translations of an entry: one, or one for each plural form."""
    return [entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def marks(text: str) -> list[str]:
    """What a sentence must keep in any language: placeholders and tags."""
    return sorted(MARKED_UP.findall(text))


def keys(entries: polib.POFile) -> set[Key]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries if not entry.obsolete}


def hidden_texts(path: Path) -> Iterator[str]:
    """Texts that makemessages cannot see: within an f-string, which it takes for one piece, or given by a name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    within = {id(part) for whole in ast.walk(tree) if isinstance(whole, ast.JoinedStr) for part in ast.walk(whole)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TEXTS:
            texts = call.args[: TEXTS[call.func.id]]
            if id(call) in within or not all(isinstance(text, ast.Constant) for text in texts):
                yield ast.unparse(call)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    """What the code and the templates of today say, as makemessages finds it in a copy of them."""
    if not shutil.which("xgettext"):
        pytest.skip("makemessages needs GNU gettext")
    copy = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        shutil.copytree(settings.BASE_DIR / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    (copy / "locale").mkdir()
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "ja", "--no-location"]
    subprocess.run(command, cwd=copy, env={**os.environ, "DJANGO_SETTINGS_MODULE": "jcm.settings"}, check=True)
    return keys(polib.pofile(str(copy / "locale" / "ja" / "LC_MESSAGES" / "django.po")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_site_is_in_the_catalogue(language: str, wanted: set[Key]) -> None:
    assert sorted(msgid for _, msgid, _ in wanted - keys(catalogue(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_no_text_that_the_site_has_dropped(language: str, wanted: set[Key]) -> None:
    assert sorted(msgid for _, msgid, _ in keys(catalogue(language)) - wanted) == []


def test_no_text_hides_from_makemessages() -> None:
    modules = [path for name in SOURCES for path in (settings.BASE_DIR / name).rglob("*.py")]
    assert [text for path in modules for text in hidden_texts(path) if text != PARTNERS_NAME] == []


def test_a_hidden_text_is_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("""f"{state} {_('It ends.') % names}"; _("seen"); ngettext(one, "%(count)s days", 2)""", encoding="utf-8")
    assert list(hidden_texts(module)) == ["ngettext(one, '%(count)s days', 2)", "_('It ends.')"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_nothing_is_guessed(language: str) -> None:
    entries = catalogue(language)
    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []
    assert [entry.msgid for entry in entries.obsolete_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_those_of_the_source(language: str) -> None:
    wrong = [(entry.msgid, text) for entry in catalogue(language) for text in forms(entry) if not keeps_marks(entry, text)]
    assert wrong == []


def keeps_marks(entry: polib.POEntry, text: str) -> bool:
    """Whether a translation has the marks of its source; the form for one thing may do without its number."""
    sources = [entry.msgid_plural or entry.msgid]
    if len(entry.msgstr_plural) > 1 and text == entry.msgstr_plural[0]:
        sources.append(entry.msgid)
    return marks(text) in [marks(source) for source in sources]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_as_many_forms_as_the_language(language: str) -> None:
    entries = catalogue(language)
    assert entries.metadata["Plural-Forms"].startswith(f"nplurals={FORMS[language]};")
    plurals = [entry for entry in entries if entry.msgid_plural]
    assert plurals
    assert [entry.msgid for entry in plurals if sorted(entry.msgstr_plural) != list(range(FORMS[language]))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left(language: str) -> None:
    said = [text for entry in catalogue(language) for text in forms(entry)]
    assert [text for text in said if ENGLISH.search(IN_BACKTICKS.sub("", MARKED_UP.sub("", text)))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_compiles_and_speaks(language: str, tmp_path: Path) -> None:
    entries = catalogue(language)
    entries.save_as_mofile(str(tmp_path / "django.mo"))
    with (tmp_path / "django.mo").open("rb") as compiled:
        spoken = GNUTranslations(compiled)
    assert spoken.info()["language"] == language
    for entry in entries:
        if entry.msgid_plural:
            assert spoken.ngettext(entry.msgid, entry.msgid_plural, 5) == forms(entry)[-1]
        else:
            said = spoken.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else spoken.gettext(entry.msgid)
            assert said == entry.msgstr
