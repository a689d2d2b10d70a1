"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "ISS-01": (_("A round is opened by those who take part in the project."), _("Let a participant or the focal point open it.")),
    "ISS-02": (
        _("Rounds need a project that is published and not withdrawn."),
        _("Wait for the project's number, or choose another project."),
    ),
    "ISS-03": (_("A monitoring period ends on or after its first day."), _("Correct one of the days.")),
    "ISS-04": (_("Nothing is monitored before the start of operation."), _("Begin with the first day of operation or later.")),
    "ISS-05": (_("A period is cut at 31 December 2020."), _("End one round there and begin the next on 1 January 2021.")),
    "ISS-06": (_("A period is reported on after its last day."), _("Wait until it has ended, or shorten it.")),
    "ISS-07": (
        _("No day of a project is requested, decided or issued twice."),
        _("Choose days that no other round covers, or withdraw the other request."),
    ),
    "ISS-08": (_("Issuance is asked for, and decided, only for a registered project."), _("Wait for the registration.")),
    "ISS-09": (_("Every monitored day lies in the crediting period."), _("Cut the monitoring period to the crediting period.")),
    "ISS-10": (
        _("The entity is not designated for verification in every scope on that day."),
        _("Name another entity, or wait until its scopes are in force."),
    ),
    "ISS-11": (_("Whoever judges a project takes no part in it."), _("Name another entity.")),
    "ISS-12": (_("The verification report comes from the entity that was named."), _("Let that entity upload its own report.")),
    "ISS-13": (
        _("The request rests on the very reports of the positive opinion."),
        _("Upload that version again, or have the new one verified."),
    ),
    "ISS-14": (_("There is no tonne to issue."), _("Give up the round, or have at least one tonne verified.")),
    "ISS-15": (_("Each Government answers once."), _("Nothing is left to do for this side.")),
    "ISS-16": (_("The committee decides after both Governments' approval."), _("Wait for the approval that the message names.")),
    "ISS-17": (
        _("Both sides' tonnes are given, agree with the lines, and add up to the decided amount, at most what was verified."),
        _("Correct the amounts."),
    ),
    "ISS-18": (_("A side issues once, and only what it was notified of."), _("Nothing is left to issue on this side.")),
    "ISS-19": (
        _("The parts handed out are what was decided for this side."),
        _("Correct the parts; where the decision named the holders, leave them empty."),
    ),
    "ISS-20": (
        _("A round is closed when each side has issued or has nothing to issue."),
        _("Wait for the side that the message names."),
    ),
    "ISS-21": (
        _("No request is open when a positive opinion is reported; forward ones are closed or carried on."),
        _("Close each finding that the message names, or carry it on with a statement."),
    ),
    "ISS-22": (
        _("A positive opinion needs every requirement row of the form."),
        _("Tick the rows that the message names, or report a negative opinion."),
    ),
    "ISS-23": (
        _("The entity declares that it has no conflict of interest before it reports."),
        _("Accept the assignment first."),
    ),
    "ISS-24": (_("An assignment is accepted once."), _("Nothing is left to do.")),
    "ISS-25": (_("The edition asks for another entity than the one that validated."), _("Name another entity.")),
    "ISS-26": (
        _("The first verification visits the site, unless a special measure in force waives it."),
        _("Give the day of the visit; under a special measure describe and justify the other techniques."),
    ),
    "ISS-27": (
        _("Forward action requests of the project and of ended rounds are taken up."),
        _("Take them up first, then report."),
    ),
    "ISS-28": (
        _("What a running change of the project touches waits for its decision."),
        _("Wait for the decision, or choose a period that ends before the change."),
    ),
    "ISS-29": (
        _(
            "Verified tonnes by calendar year are of the years of the period and add up to "
            "the total; the edition may ask for them."
        ),
        _("Give the tonnes of each year of the period, such as 2024: 1200, and let them add up."),
    ),
    "ISS-30": (
        _("Either every amount of a decision names a year of the period, or none does; the edition may ask for the years."),
        _("Name in each line one of the years that the message lists."),
    ),
    "ISS-31": (
        _("An amount is for the Government of a side or for a participant of the project on that side, once for each year."),
        _("Write government, or a name or number that the message lists; add up what is named twice."),
    ),
    "ISS-32": (_("The amounts of a year are no more than was verified for it."), _("Correct the amounts of that year.")),
    "ISS-33": (
        _("A holder that the decision names receives its credits in an account of that side's registry."),
        _("Let the registry officer of that side open an account for it first."),
    ),
    "ISS-34": (_("A transfer is authorised once, while Japan has something to issue."), _("Nothing is left to authorise.")),
    "ISS-35": (
        _("Where Japan waits for the authorisation, the partner country's side issues before it."),
        _("Let the partner country's registry issue first, or choose a later day."),
    ),
    "ISS-36": (
        _("Where the edition says so, Japan issues after the partner country's Government has authorised the transfer."),
        _("Wait for the authorisation, or choose a later day."),
    ),
    "ISS-37": (
        _("Where the edition says so, no day before the registration is credited."),
        _("Give up this round and open one that starts on the day of registration or later."),
    ),
    "ISS-38": (
        _(
            "For each methodology whose values were fixed at validation there is a "
            "monitoring sheet of the very days of the round."
        ),
        _("Take the sheet from the page of the round, fill it in, and hand it in."),
    ),
    "ISS-39": (
        _("A monitoring sheet is for a methodology whose values were fixed at validation."),
        _("Leave it out; give the calculation in the monitoring report."),
    ),
}
