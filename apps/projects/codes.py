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
}
