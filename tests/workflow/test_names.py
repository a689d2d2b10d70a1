"""Names of the code that people read stand in the catalogues: none is missing there, none is left over."""

from __future__ import annotations

from django.utils.translation import override

from apps.workflow import registry
from apps.workflow.editions import EDITIONS
from apps.workflow.render.names import CHECKS, DAYS, NAMES, PARAMETERS, named, spelled


def test_every_name_of_the_tables_is_said_and_none_besides() -> None:
    own = [one for one in registry.procedures() if registry.model_of(one.key).__module__.startswith("apps.")]
    rows = [row for one in own for table in one.tables.values() for row in table]
    assert sorted({name for row in rows for name in row.checks}) == sorted(CHECKS)
    assert sorted({limit.since for row in rows for limit in row.limit if limit.since}) == sorted(DAYS)
    assert sorted({name for one in EDITIONS.values() for name in one.parameters}) == sorted(PARAMETERS)


def test_a_name_is_said_as_it_is_spelled() -> None:
    with override("en"):
        assert {name: str(words) for name, words in NAMES.items()} == {name: spelled(name) for name in NAMES}


def test_a_name_is_said_in_the_readers_language() -> None:
    said = {}
    for language in ("en", "ja", "hi"):
        with override(language):
            said[language] = named("no_overlap_with_other_round"), named("nowhere_named")
    assert said["en"] == ("no overlap with other round", "nowhere named")
    assert (said["ja"][1], said["hi"][1]) == ("nowhere named", "nowhere named")
    assert len({one for one, _unknown in said.values()}) == 3
