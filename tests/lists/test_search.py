"""What a list of projects finds by a text, in which scripts, of what its reader may see; the database keeps the words."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from apps.lists.models import SearchEntry
from apps.lists.selectors import folded, pieces_of, searched_for
from apps.projects.models import Participant, Project
from apps.projects.procedure import State
from tests.portal.reading import Reader, titles, words
from tests.projects.walk import World

LIST = "/projects/"


def found(text: str) -> list[str]:
    return sorted(searched_for(Project.objects.all(), "project", text).values_list("title", flat=True))


def test_a_project_is_found_by_all_that_its_line_says_and_by_parts_and_stems_of_words(india: World) -> None:
    sites = [{"place": "Sangrur mill", "district": "Sangrur", "state_or_province": "Punjab"}]
    biogas = india.reach(State.INPUTS, title="Compressed biogas for dairies", sites=sites)
    india.reach(State.INPUTS, title="Wind in Kutch", sites=[{"place": "Kutch", "state_or_province": "Gujarat"}])
    reference, methodology = biogas.reference, india.usual_version
    for text, titled in (
        ("dairy", ["Compressed biogas for dairies"]),
        ("compression", ["Compressed biogas for dairies"]),
        ("gas", ["Compressed biogas for dairies"]),
        ("WIND", ["Wind in Kutch"]),
        ("ＷＩＮＤ", ["Wind in Kutch"]),
        ("punjab biogas", ["Compressed biogas for dairies"]),
        ("punjab wind", []),
        ("sangrur", ["Compressed biogas for dairies"]),
        (reference.lower(), ["Compressed biogas for dairies"]),
        (methodology.methodology.reference, ["Compressed biogas for dairies", "Wind in Kutch"]),
        ("100%", []),
        ("_", ["Compressed biogas for dairies", "Wind in Kutch"]),
        ("the", []),
    ):
        assert found(text) == titled, text


@pytest.mark.parametrize(
    ("title", "hits", "misses"),
    [
        ("太陽熱を用いた乳業プラント", ("太陽熱", "乳業", "プラント", "熱", "太陽 乳業"), ("風力", "太陽光", "業乳")),
        ("सौर ऊर्जा से डेयरी संयंत्र", ("डेयरी", "संयंत्र", "ऊर्जा सौर"), ("पवन", "डेयरीज")),
    ],
)
def test_other_scripts_are_found_by_parts(title: str, hits: tuple[str, ...], misses: tuple[str, ...], india: World) -> None:
    india.open(title=title)
    assert [found(text) for text in hits] == [[title]] * len(hits)
    assert [found(text) for text in misses] == [[]] * len(misses)


def test_the_words_follow_every_change(india: World) -> None:
    project = india.open(title="Biogas")
    organisation = india.people.participant_japan.organisation
    organisation.name = "Hokkaido Turbines"
    organisation.save()
    assert found("turbines") == ["Biogas"]
    taking_part = Participant.objects.get(project=project, organisation=organisation)
    Participant.objects.filter(pk=taking_part.pk).update(new_name="Sapporo Rotors")
    assert found("rotors") == ["Biogas"]
    taking_part.delete()
    assert (found("rotors"), found("turbines")) == ([], [])
    assert SearchEntry.objects.filter(kind="project").count() == Project.objects.count()


def test_pieces_are_those_of_the_database(india: World) -> None:
    india.open(title="Bio ガス  सौर 3MW a太")
    entry = SearchEntry.objects.get(kind="project")
    assert set(entry.grams) == {piece for word in folded(entry.folded).split() for piece in pieces_of(word)}
    assert {"bio", "ガス", "सौ", "3mw", "a太"} <= set(entry.grams)


def test_nobody_but_the_database_writes_them(india: World) -> None:
    india.open()
    writes = ("update lists_searchentry set folded = ''", "delete from lists_searchentry", "select search_entry('a', 1, 'b')")
    for statement in writes:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_search_finds_nothing_that_its_reader_may_not_see(india: World, read: Reader) -> None:
    sites = [{"place": "Secretplace", "state_or_province": "Nagaland"}]
    india.open(title="Secretproject", sites=sites)
    india.reach(State.INPUTS, title="Open")
    for stranger in (None, india.people.stranger, india.people.tpe, india.people.secretariat_japan):
        for text in ("secret", "Secretproject", "Nagaland"):
            response = read(f"{LIST}?text={text}", stranger)
            assert (titles(response), "0 projects" in words(response)) == ([], True), text
        assert "Nagaland" not in read(LIST, stranger).content.decode(), "no filter offers where a draft is"
    own = read(f"{LIST}?text=secretplace", india.people.participant_host)
    assert titles(own) == ["Secretproject"]
    assert "Nagaland" in own.content.decode()
