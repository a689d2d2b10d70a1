"""What a project's page says of its design document, to everybody; and of people and questions, to those concerned."""

from __future__ import annotations

from tests.journeys.project import QUESTIONS, under_review
from tests.portal.reading import Reader, words
from tests.projects.walk import World


def test_everybody_reads_the_design_and_those_concerned_the_questions_and_signatories(india: World, read: Reader) -> None:
    people, project = india.people, under_review(india)
    public = words(read(project.get_absolute_url()))
    assert "What the project declares Expected operational lifetime 20 years" in public
    window = f"{project.inputs_start_on:%-d %b %Y} to {project.inputs_end_on:%-d %b %Y}, both counted"
    assert f"Public inputs The call and all published inputs Window {window} Received No input" in public
    assert f'href="/public-inputs/{project.reference}/"' in read(project.get_absolute_url()).content.decode()
    assert "Additionality statement Without credits the boiler is replaced by another one that burns coal." in public
    assert "2028: 30,000 − 7,500 = 22,500 tCO2e" in public
    assert "Conclusion of the validation on additionality The investment analysis holds." in public
    for outsider in (None, people.stranger, people.government_host):
        said = words(read(project.get_absolute_url(), outsider))
        assert [one for one in ("Asha Rao", QUESTIONS, "primary@example.org") if one in said] == []
        assert "For those concerned" not in said
    for concerned in (people.participant_host, people.tpe, people.members_host[0], people.secretariat_japan):
        said = words(read(project.get_absolute_url(), concerned))
        assert f"Questions of the Joint Committee {QUESTIONS} Answer to the questions Not yet" in said
        assert "Primary signatory: Asha Rao, Director, primary@example.org" in said
