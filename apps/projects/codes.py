"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "PRJ-01": ("A project is opened by one of its participants or its focal point.", "Name your own organisation among them."),
    "PRJ-02": ("One entity speaks for all participants.", "Name the focal point."),
    "PRJ-03": (
        "An organisation takes part for its own country, and nobody for both.",
        "Put it under the other side, or leave it out.",
    ),
    "PRJ-04": (
        "A new project takes the place of one of the same people whose request was withdrawn.",
        "Choose that project, or leave the field empty.",
    ),
    "PRJ-05": ("A project has a participant of the partner country.", "Name one."),
    "PRJ-06": ("A design document applies at least one methodology.", "Name the methodology."),
    "PRJ-07": ("Every methodology applied is approved.", "Apply an approved version, or wait for the approval."),
    "PRJ-08": ("The activity stands on the partner country's list on the day of submission.", "Choose an activity of the list."),
    "PRJ-09": (
        "Whoever keeps something confidential gives a version for the public as well.",
        "Upload a version that is not confidential.",
    ),
    "PRJ-10": (
        "The entity is not designated for validation in every scope on that day.",
        "Name another entity, or wait until its scopes are in force.",
    ),
    "PRJ-11": ("Whoever judges a project takes no part in it.", "Name another entity."),
    "PRJ-12": ("The validation report comes from the entity that was named.", "Let that entity upload its own report."),
    "PRJ-13": (
        "Design document and monitoring plan are those of the positive opinion.",
        "Upload that version again, or take the project back into validation.",
    ),
    "PRJ-14": ("The edition asks for a participant of Japan.", "Name one."),
    "PRJ-15": (
        "The crediting period ends after it starts and is no longer than the edition allows.",
        "Correct the days; the message names the last possible one.",
    ),
    "PRJ-16": ("Each Government answers once.", "Nothing is left to do for this side."),
    "PRJ-17": ("The committee decides after both Governments' approval.", "Wait for the approval that the message names."),
    "PRJ-18": ("Another project has taken its place already.", "Leave the field empty, or choose another project."),
    "PRJ-19": ("Only the focal point names another in its place.", "Let the focal point do it."),
    "PRJ-20": (
        "The edition asks for an idea note that the committee has let go on.",
        "Name such a note; the message says what stands against the one that was named.",
    ),
    "PRJ-21": (
        "A methodology version was in force when the project was submitted for validation, or is now.",
        "Apply the version that the message names.",
    ),
    "PRJ-22": (
        "No corrective action or clarification request is open when a positive opinion is reported.",
        "Close each finding that the message names.",
    ),
    "PRJ-23": (
        "A positive opinion needs every requirement row of the form.",
        "Tick the rows that the message names, or report a negative opinion.",
    ),
    "PRJ-24": ("The entity declares that it has no conflict of interest before it reports.", "Accept the assignment first."),
    "PRJ-25": ("An assignment is accepted once.", "Nothing is left to do."),
    "PRJ-28": ("A project rests on an idea note of its own participants or focal point.", "Name a note of one of them."),
    "PRJ-29": ("Another project rests on this idea note.", "Name another note, or withdraw the other project first."),
    "PRJ-30": (
        "What changes among the participants is said in a statement of its own.",
        "Upload the new communication statement.",
    ),
    "PRJ-31": ("A new statement names another focal point.", "Name another entity, or leave it as it is."),
    "PRJ-32": (
        "A newcomer stands on its own side, takes no part yet, and does not judge the project.",
        "Choose another organisation or side.",
    ),
    "PRJ-33": ("Only who takes part is renamed or withdrawn.", "Choose a participant."),
    "PRJ-34": (
        "Somebody still takes part for each side that the edition asks for.",
        "Add another participant first, or withdraw the project.",
    ),
    "PRJ-35": ("That a participant has ceased operations is for the others to show.", "Let another participant file it."),
    "PRJ-36": (
        "Where the focal point has ceased operations, and only there, the others name the next one.",
        "Name the next focal point, or leave the field empty.",
    ),
    "PRJ-37": (
        "A registered project is withdrawn by all its participants together.",
        "Add the signatures that the message names.",
    ),
    "PRJ-40": (
        "No assessment of the reference emissions is open, and none was decided but confirmed.",
        "Wait for the committee, file the level that it asks for, or have another assessment confirmed.",
    ),
    "PRJ-50": (
        "Evidence for an answer in a review was not part of an earlier answer.",
        "Upload the new evidence, or answer without any.",
    ),
    "PRJ-51": (
        "Where the credits of a side are split, its participants and its Government hold all of them.",
        "Correct the lines; those of one side make 100 per cent.",
    ),
    "PRJ-52": ("Each Government agrees to a credit allocation once.", "Nothing is left to do for this side."),
    "PRJ-53": (
        "Registration is requested with both Governments' agreement to the credit allocation.",
        "Wait for the agreement that the message names.",
    ),
    "PRJ-54": ("The edition asks why a project is additional.", "State it among the particulars."),
    "PRJ-55": (
        "A positive opinion finds the project additional, and says on what that rests.",
        "Fill in what the message names, or report a negative opinion.",
    ),
    "PRJ-56": ("The edition asks for all particulars of the design document's form.", "Amend what the messages name."),
    "PRJ-57": ("A signatory signs for a participant or the focal point.", "Name an entity of the project, as its file does."),
    "PRJ-58": (
        "The edition asks for a primary and an alternate signatory of each entity.",
        "Add the signatories that the messages name.",
    ),
    "PRJ-59": (
        "A positive opinion fixes items and values for each methodology whose declaration is in use.",
        "Give one value per line, with its methodology, item and symbol, as the validated plan has them.",
    ),
    "PRJ-60": (
        "What the public has written is published and answered, or withheld, before a positive opinion and before registration.",
        "Answer the inputs that the message names; the secretariats decide on what is not published.",
    ),
}
