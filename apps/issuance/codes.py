"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "ISS-01": ("A round is opened by those who take part in the project.", "Let a participant or the focal point open it."),
    "ISS-02": (
        "Rounds need a project that is published and not withdrawn.",
        "Wait for the project's number, or choose another project.",
    ),
    "ISS-03": ("A monitoring period ends on or after its first day.", "Correct one of the days."),
    "ISS-04": ("Nothing is monitored before the start of operation.", "Begin with the first day of operation or later."),
    "ISS-05": ("A period is cut at 31 December 2020.", "End one round there and begin the next on 1 January 2021."),
    "ISS-06": ("A period is reported on after its last day.", "Wait until it has ended, or shorten it."),
    "ISS-07": (
        "No day of a project is requested, decided or issued twice.",
        "Choose days that no other round covers, or withdraw the other request.",
    ),
    "ISS-08": ("Issuance is asked for, and decided, only for a registered project.", "Wait for the registration."),
    "ISS-09": ("Every monitored day lies in the crediting period.", "Cut the monitoring period to the crediting period."),
    "ISS-10": (
        "The entity is not designated for verification in every scope on that day.",
        "Name another entity, or wait until its scopes are in force.",
    ),
    "ISS-11": ("Whoever judges a project takes no part in it.", "Name another entity."),
    "ISS-12": ("The verification report comes from the entity that was named.", "Let that entity upload its own report."),
    "ISS-13": (
        "The request rests on the very reports of the positive opinion.",
        "Upload that version again, or have the new one verified.",
    ),
    "ISS-14": ("There is no tonne to issue.", "Give up the round, or have at least one tonne verified."),
    "ISS-15": ("Each Government answers once.", "Nothing is left to do for this side."),
    "ISS-16": ("The committee decides after both Governments' approval.", "Wait for the approval that the message names."),
    "ISS-17": (
        "Both sides' tonnes are given, agree with the lines, and add up to the decided amount, at most what was verified.",
        "Correct the amounts.",
    ),
    "ISS-18": ("A side issues once, and only what it was notified of.", "Nothing is left to issue on this side."),
    "ISS-19": (
        "The parts handed out are what was decided for this side.",
        "Correct the parts; where the decision named the holders, leave them empty.",
    ),
    "ISS-20": (
        "A round is closed when each side has issued or has nothing to issue.",
        "Wait for the side that the message names.",
    ),
    "ISS-21": (
        "No request is open when a positive opinion is reported; forward ones are closed or carried on.",
        "Close each finding that the message names, or carry it on with a statement.",
    ),
    "ISS-22": (
        "A positive opinion needs every requirement row of the form.",
        "Tick the rows that the message names, or report a negative opinion.",
    ),
    "ISS-23": ("The entity declares that it has no conflict of interest before it reports.", "Accept the assignment first."),
    "ISS-24": ("An assignment is accepted once.", "Nothing is left to do."),
    "ISS-25": ("The edition asks for another entity than the one that validated.", "Name another entity."),
    "ISS-26": (
        "The first verification visits the site, unless a special measure in force waives it.",
        "Give the day of the visit; under a special measure describe and justify the other techniques.",
    ),
    "ISS-27": ("Forward action requests of the project and of ended rounds are taken up.", "Take them up first, then report."),
    "ISS-28": (
        "What a running change of the project touches waits for its decision.",
        "Wait for the decision, or choose a period that ends before the change.",
    ),
    "ISS-29": (
        "Verified tonnes by calendar year are of the years of the period and add up to the total; the edition may ask for them.",
        "Give the tonnes of each year of the period, such as 2024: 1200, and let them add up.",
    ),
    "ISS-30": (
        "Either every amount of a decision names a year of the period, or none does; the edition may ask for the years.",
        "Name in each line one of the years that the message lists.",
    ),
    "ISS-31": (
        "An amount is for the Government of a side or for a participant of the project on that side, once for each year.",
        "Write government, or a name or number that the message lists; add up what is named twice.",
    ),
    "ISS-32": ("The amounts of a year are no more than was verified for it.", "Correct the amounts of that year."),
    "ISS-33": (
        "A holder that the decision names receives its credits in an account of that side's registry.",
        "Let the registry officer of that side open an account for it first.",
    ),
    "ISS-34": ("A transfer is authorised once, while Japan has something to issue.", "Nothing is left to authorise."),
    "ISS-35": (
        "Where Japan waits for the authorisation, the partner country's side issues before it.",
        "Let the partner country's registry issue first, or choose a later day.",
    ),
    "ISS-36": (
        "Where the edition says so, Japan issues after the partner country's Government has authorised the transfer.",
        "Wait for the authorisation, or choose a later day.",
    ),
    "ISS-37": (
        "Where the edition says so, no day before the registration is credited.",
        "Give up this round and open one that starts on the day of registration or later.",
    ),
    "ISS-38": (
        "For each methodology whose values were fixed at validation there is a monitoring sheet of the very days of the round.",
        "Take the sheet from the page of the round, fill it in, and hand it in.",
    ),
    "ISS-39": (
        "A monitoring sheet is for a methodology whose values were fixed at validation.",
        "Leave it out; give the calculation in the monitoring report.",
    ),
}
