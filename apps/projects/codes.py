"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "PRJ-01": (
        _("A project is opened by one of its participants or its focal point."),
        _("Name your own organisation among them."),
    ),
    "PRJ-02": (_("One entity speaks for all participants."), _("Name the focal point.")),
    "PRJ-03": (
        _("An organisation takes part for its own country, and nobody for both."),
        _("Put it under the other side, or leave it out."),
    ),
    "PRJ-04": (
        _("A new project takes the place of one of the same people whose request was withdrawn."),
        _("Choose that project, or leave the field empty."),
    ),
    "PRJ-05": (_("A project has a participant of the partner country."), _("Name one.")),
    "PRJ-06": (_("A design document applies at least one methodology."), _("Name the methodology.")),
    "PRJ-07": (_("Every methodology applied is approved."), _("Apply an approved version, or wait for the approval.")),
    "PRJ-08": (
        _("The activity stands on the partner country's list on the day of submission."),
        _("Choose an activity of the list."),
    ),
    "PRJ-09": (
        _("Whoever keeps something confidential gives a version for the public as well."),
        _("Upload a version that is not confidential."),
    ),
    "PRJ-10": (
        _("The entity is not designated for validation in every scope on that day."),
        _("Name another entity, or wait until its scopes are in force."),
    ),
    "PRJ-11": (_("Whoever judges a project takes no part in it."), _("Name another entity.")),
    "PRJ-12": (_("The validation report comes from the entity that was named."), _("Let that entity upload its own report.")),
    "PRJ-13": (
        _("Design document and monitoring plan are those of the positive opinion."),
        _("Upload that version again, or take the project back into validation."),
    ),
    "PRJ-14": (_("The edition asks for a participant of Japan."), _("Name one.")),
    "PRJ-15": (
        _("The crediting period ends after it starts and is no longer than the edition allows."),
        _("Correct the days; the message names the last possible one."),
    ),
    "PRJ-16": (_("Each Government answers once."), _("Nothing is left to do for this side.")),
    "PRJ-17": (_("The committee decides after both Governments' approval."), _("Wait for the approval that the message names.")),
    "PRJ-18": (_("Another project has taken its place already."), _("Leave the field empty, or choose another project.")),
    "PRJ-19": (_("Only the focal point names another in its place."), _("Let the focal point do it.")),
    "PRJ-20": (
        _("The edition asks for an idea note that the committee has let go on."),
        _("Name such a note; the message says what stands against the one that was named."),
    ),
    "PRJ-21": (
        _("A methodology version was in force when the project was submitted for validation, or is now."),
        _("Apply the version that the message names."),
    ),
    "PRJ-22": (
        _("No corrective action or clarification request is open when a positive opinion is reported."),
        _("Close each finding that the message names."),
    ),
    "PRJ-23": (
        _("A positive opinion needs every requirement row of the form."),
        _("Tick the rows that the message names, or report a negative opinion."),
    ),
    "PRJ-24": (
        _("The entity declares that it has no conflict of interest before it reports."),
        _("Accept the assignment first."),
    ),
    "PRJ-25": (_("An assignment is accepted once."), _("Nothing is left to do.")),
    "PRJ-28": (_("A project rests on an idea note of its own participants or focal point."), _("Name a note of one of them.")),
    "PRJ-29": (_("Another project rests on this idea note."), _("Name another note, or withdraw the other project first.")),
    "PRJ-30": (
        _("What changes among the participants is said in a statement of its own."),
        _("Upload the new communication statement."),
    ),
    "PRJ-31": (_("A new statement names another focal point."), _("Name another entity, or leave it as it is.")),
    "PRJ-32": (
        _("A newcomer stands on its own side, takes no part yet, and does not judge the project."),
        _("Choose another organisation or side."),
    ),
    "PRJ-33": (_("Only who takes part is renamed or withdrawn."), _("Choose a participant.")),
    "PRJ-34": (
        _("Somebody still takes part for each side that the edition asks for."),
        _("Add another participant first, or withdraw the project."),
    ),
    "PRJ-35": (_("That a participant has ceased operations is for the others to show."), _("Let another participant file it.")),
    "PRJ-36": (
        _("Where the focal point has ceased operations, and only there, the others name the next one."),
        _("Name the next focal point, or leave the field empty."),
    ),
    "PRJ-37": (
        _("A registered project is withdrawn by all its participants together."),
        _("Add the signatures that the message names."),
    ),
    "PRJ-40": (
        _("No assessment of the reference emissions is open, and none was decided but confirmed."),
        _("Wait for the committee, file the level that it asks for, or have another assessment confirmed."),
    ),
    "PRJ-50": (
        _("Evidence for an answer in a review was not part of an earlier answer."),
        _("Upload the new evidence, or answer without any."),
    ),
    "PRJ-51": (
        _("Where the credits of a side are split, its participants and its Government hold all of them."),
        _("Correct the lines; those of one side make 100 per cent."),
    ),
    "PRJ-52": (_("Each Government agrees to a credit allocation once."), _("Nothing is left to do for this side.")),
    "PRJ-53": (
        _("Registration is requested with both Governments' agreement to the credit allocation."),
        _("Wait for the agreement that the message names."),
    ),
    "PRJ-54": (_("The edition asks why a project is additional."), _("State it among the particulars.")),
    "PRJ-55": (
        _("A positive opinion finds the project additional, and says on what that rests."),
        _("Fill in what the message names, or report a negative opinion."),
    ),
    "PRJ-56": (_("The edition asks for all particulars of the design document's form."), _("Amend what the messages name.")),
    "PRJ-57": (
        _("A signatory signs for a participant or the focal point."),
        _("Name an entity of the project, as its file does."),
    ),
    "PRJ-58": (
        _("The edition asks for a primary and an alternate signatory of each entity."),
        _("Add the signatories that the messages name."),
    ),
    "PRJ-59": (
        _("A positive opinion fixes items and values for each methodology whose declaration is in use."),
        _("Give one value per line, with its methodology, item and symbol, as the validated plan has them."),
    ),
    "PRJ-60": (
        _(
            "What the public has written is published and answered, or withheld, before a "
            "positive opinion and before registration."
        ),
        _("Answer the inputs that the message names; the secretariats decide on what is not published."),
    ),
}
