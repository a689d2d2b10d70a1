"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "CHG-01": (
        "A change is reported by those who take part in the project, or by the entity that judges it.",
        "Let a participant, the focal point or the entity report it.",
    ),
    "CHG-02": (
        "Only a registered project that was not withdrawn is changed, renewed or reported on.",
        "Wait for the registration, or choose another project.",
    ),
    "CHG-03": (
        "The entity is not designated in every scope on that day.",
        "Name another entity, or wait until its scopes are in force.",
    ),
    "CHG-04": ("Whoever judges a project takes no part in it.", "Name another entity."),
    "CHG-05": (
        "Only what does not touch the use of the methodology goes without a decision.",
        "Let the entity give its opinion, and put the change to the committee.",
    ),
    "CHG-06": (
        "The committee is asked only about what may affect more than the wording.",
        "Let the entity confirm it as a minor change, or say what it affects.",
    ),
    "CHG-07": ("The opinion on a change comes from the entity that was named.", "Let that entity upload its own opinion."),
    "CHG-08": (
        "The revised design document that is published is one that everybody may read.",
        "Upload a version that is not confidential.",
    ),
    "CHG-09": (
        "Whoever asks for something for a project takes part in it or is its focal point.",
        "Let a participant or the focal point do it.",
    ),
    "CHG-10": (
        "A new figure is named among what the change may affect.",
        "Tick what the message names, or leave the figure empty.",
    ),
    "IMP-01": ("Construction ends after it starts, and nothing is reported that has not happened yet.", "Correct the days."),
    "IMP-02": ("Of a project in operation it is said since when.", "Give the starting date of operation."),
    "IMP-03": ("A start of operation other than that of the design document is a deviation.", "Describe the deviation."),
    "RNW-01": ("Only a crediting period that there is can be renewed.", "Choose a project with a crediting period."),
    "RNW-02": ("The new end lies after the present one, and not before the decision.", "Name a later day."),
    "RNW-03": (
        "With all renewals a project is credited no longer than the edition allows.",
        "Choose the last day that the message names, or an earlier one.",
    ),
    "RNW-04": ("A project's renewals are decided one after the other.", "Wait for the running one, or withdraw it."),
    "RNW-05": (
        "The entity is not designated for validation in every scope on that day.",
        "Name another entity, or wait until its scopes are in force.",
    ),
    "RNW-06": (
        "The report on the reference emissions comes from the entity that was named.",
        "Let that entity upload its own report.",
    ),
    "RNW-07": ("Each Government answers once.", "Nothing is left to do for this side."),
    "RNW-08": ("The committee decides after both Governments' approval.", "Wait for the approval that the message names."),
}
