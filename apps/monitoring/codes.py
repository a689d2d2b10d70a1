"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

TAKE_NEW = _("Take the file that the site makes for this monitoring period, and copy the values into it.")
PUT_BACK = _("Put back what stood in the cell in the file that the site made.")

CODES = {
    "MON-01": (
        _("Sheets are made for a period of at most twelve years, with each item named once and each fixed value given."),
        _("Correct the field that the message names."),
    ),
    "MON-02": (_("The file says which method, project and period it is for."), TAKE_NEW),
    "MON-03": (_("The file is for the methodology of the project."), TAKE_NEW),
    "MON-04": (_("The file is of the current declaration of the methodology, layout and edition of the rules."), TAKE_NEW),
    "MON-05": (_("The file is for this project."), TAKE_NEW),
    "MON-06": (_("The file is for this monitoring period and for the items of the project."), TAKE_NEW),
    "MON-07": (_("Every sheet of the file is there."), TAKE_NEW),
    "MON-08": (
        _("The file has no sheets but those that the site made."),
        _("Take the sheet out; attach other material as documents."),
    ),
    "MON-09": (
        _("Every row and column is there."),
        _("Put the row or column back, or take a new file and copy the values into it."),
    ),
    "MON-10": (_("Nothing is added to the sheets."), _("Take the row or column out, or clear the cell.")),
    "MON-11": (_("Words and heads are those that the site wrote."), PUT_BACK),
    "MON-12": (_("Units are those of the methodology."), _("Put the unit back, and give the values in it.")),
    "MON-13": (
        _("What was fixed before the project began does not change in a report."),
        _("Put the value back; another value needs a change after registration."),
    ),
    "MON-14": (_("The formulas of the calculation are those that the site wrote."), PUT_BACK),
    "MON-15": (_("A value that was monitored is a number, not a formula."), _("Write the number that was read.")),
    "MON-16": (
        _("Every month and year of the period has its values."),
        _("Fill in the cell, with 0 where nothing was used or made."),
    ),
    "MON-17": (_("A value is a number of the spreadsheet."), _("Write it in plain digits, without spaces, commas or words.")),
    "MON-18": (_("No cell holds an error of the spreadsheet."), PUT_BACK),
    "MON-19": (_("Days are dates of the spreadsheet."), _("Write the date that the message names, as a date.")),
    "MON-20": (
        _("Every row has its own days, and they lie in the monitored period."),
        _("Put back the day that the message names."),
    ),
    "MON-21": (_("Each month and year stands in one row."), _("Keep one of the rows, and put back the days of the other.")),
    "MON-22": (_("No monitored value is negative."), _("Correct the value.")),
    "MON-23": (
        _("No value exceeds what can be true."),
        _("Correct the value; write a percentage as a part of one, 0.95 for 95 %."),
    ),
    "MON-24": (
        _("A value is far from the others of its column. This is a warning, and stops nothing."),
        _("Look whether unit and decimal point are right; if they are, nothing needs to be done."),
    ),
    "MON-25": (
        _("The results of the workbook are those that come of its values."),
        _("Let a spreadsheet program calculate the file again and save it, or explain the difference of the year."),
    ),
    "MON-26": (
        _("The verified tonnes are those that come of the monitored values."),
        _("Correct the verified tonnes or the report, or explain the difference of the year."),
    ),
    "MON-27": (
        _("No calendar year has negative emission reductions."),
        _("Look at the values; if they are right, take the year out of the monitoring period."),
    ),
    "MON-28": (_("The monitoring report sheet is a workbook that can be read."), _("Save it as XLSX, without a password.")),
    "MON-29": (
        _("An explanation is of a year whose figures differ, in a sentence or more."),
        _("Explain in at least twenty characters why the figures differ, or take the explanation out."),
    ),
    "MON-30": (_("Verified tonnes are given for each calendar year of the period."), _("Give those of each year, 0 included.")),
    "MON-31": (_("The calculation comes to an end."), _("Look for a value of 0 by which something is divided, and correct it.")),
    "MON-32": (
        _("More than two hundred problems were found, and the first are listed."),
        _("Correct those that are listed, or take a new file and copy the values into it."),
    ),
    "MON-33": (
        _("The same declaration is in use, or proposed, for this version already."),
        _("Answer the one that is proposed, or propose another text."),
    ),
    "MON-34": (
        _("What one side proposes the other answers; neither acts for both."),
        _("Have the secretariat of the other side answer, or withdraw the proposal."),
    ),
    "MON-35": (_("A proposal is withdrawn by the side that made it."), _("Decline it instead.")),
}
