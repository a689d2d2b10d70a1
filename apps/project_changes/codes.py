"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "CHG-01": (
        _("A change is reported by those who take part in the project, or by the entity that judges it."),
        _("Let a participant, the focal point or the entity report it."),
    ),
    "CHG-02": (
        _("Only a registered project that was not withdrawn is changed, renewed or reported on."),
        _("Wait for the registration, or choose another project."),
    ),
    "CHG-03": (
        _("The entity is not designated in every scope on that day."),
        _("Name another entity, or wait until its scopes are in force."),
    ),
    "CHG-04": (_("Whoever judges a project takes no part in it."), _("Name another entity.")),
    "CHG-05": (
        _("Only what does not touch the use of the methodology goes without a decision."),
        _("Let the entity give its opinion, and put the change to the committee."),
    ),
    "CHG-06": (
        _("The committee is asked only about what may affect more than the wording."),
        _("Let the entity confirm it as a minor change, or say what it affects."),
    ),
    "CHG-07": (_("The opinion on a change comes from the entity that was named."), _("Let that entity upload its own opinion.")),
    "CHG-08": (
        _("The revised design document that is published is one that everybody may read."),
        _("Upload a version that is not confidential."),
    ),
    "CHG-09": (
        _("Whoever asks for something for a project takes part in it or is its focal point."),
        _("Let a participant or the focal point do it."),
    ),
    "CHG-10": (
        _("A new figure is named among what the change may affect."),
        _("Tick what the message names, or leave the figure empty."),
    ),
    "IMP-01": (
        _("Construction ends after it starts, and nothing is reported that has not happened yet."),
        _("Correct the days."),
    ),
    "IMP-02": (_("Of a project in operation it is said since when."), _("Give the starting date of operation.")),
    "IMP-03": (_("A start of operation other than that of the design document is a deviation."), _("Describe the deviation.")),
    "RNW-01": (_("Only a crediting period that there is can be renewed."), _("Choose a project with a crediting period.")),
    "RNW-02": (_("The new end lies after the present one, and not before the decision."), _("Name a later day.")),
    "RNW-03": (
        _("With all renewals a project is credited no longer than the edition allows."),
        _("Choose the last day that the message names, or an earlier one."),
    ),
    "RNW-04": (_("A project's renewals are decided one after the other."), _("Wait for the running one, or withdraw it.")),
    "RNW-05": (
        _("The entity is not designated for validation in every scope on that day."),
        _("Name another entity, or wait until its scopes are in force."),
    ),
    "RNW-06": (
        _("The report on the reference emissions comes from the entity that was named."),
        _("Let that entity upload its own report."),
    ),
    "RNW-07": (_("Each Government answers once."), _("Nothing is left to do for this side.")),
    "RNW-08": (_("The committee decides after both Governments' approval."), _("Wait for the approval that the message names.")),
}
