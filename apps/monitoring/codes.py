"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

TAKE_NEW = "Take the file that the site makes for this monitoring period, and copy the values into it."
PUT_BACK = "Put back what stood in the cell in the file that the site made."

CODES = {
    "MON-01": (
        "Sheets are made for a period of at most twelve years, with each item named once and each fixed value given.",
        "Correct the field that the message names.",
    ),
    "MON-02": ("The file says which method, project and period it is for.", TAKE_NEW),
    "MON-03": ("The file is for the methodology of the project.", TAKE_NEW),
    "MON-04": ("The file is of the current declaration of the methodology, layout and edition of the rules.", TAKE_NEW),
    "MON-05": ("The file is for this project.", TAKE_NEW),
    "MON-06": ("The file is for this monitoring period and for the items of the project.", TAKE_NEW),
    "MON-07": ("Every sheet of the file is there.", TAKE_NEW),
    "MON-08": ("The file has no sheets but those that the site made.", "Take the sheet out; attach other material as documents."),
    "MON-09": ("Every row and column is there.", "Put the row or column back, or take a new file and copy the values into it."),
    "MON-10": ("Nothing is added to the sheets.", "Take the row or column out, or clear the cell."),
    "MON-11": ("Words and heads are those that the site wrote.", PUT_BACK),
    "MON-12": ("Units are those of the methodology.", "Put the unit back, and give the values in it."),
    "MON-13": (
        "What was fixed before the project began does not change in a report.",
        "Put the value back; another value needs a change after registration.",
    ),
    "MON-14": ("The formulas of the calculation are those that the site wrote.", PUT_BACK),
    "MON-15": ("A value that was monitored is a number, not a formula.", "Write the number that was read."),
    "MON-16": (
        "Every month and year of the period has its values.",
        "Fill in the cell, with 0 where nothing was used or made.",
    ),
    "MON-17": ("A value is a number of the spreadsheet.", "Write it in plain digits, without spaces, commas or words."),
    "MON-18": ("No cell holds an error of the spreadsheet.", PUT_BACK),
    "MON-19": ("Days are dates of the spreadsheet.", "Write the date that the message names, as a date."),
    "MON-20": ("Every row has its own days, and they lie in the monitored period.", "Put back the day that the message names."),
    "MON-21": ("Each month and year stands in one row.", "Keep one of the rows, and put back the days of the other."),
    "MON-22": ("No monitored value is negative.", "Correct the value."),
    "MON-23": ("No value exceeds what can be true.", "Correct the value; write a percentage as a part of one, 0.95 for 95 %."),
    "MON-24": (
        "A value is far from the others of its column. This is a warning, and stops nothing.",
        "Look whether unit and decimal point are right; if they are, nothing needs to be done.",
    ),
    "MON-25": (
        "The results of the workbook are those that come of its values.",
        "Let a spreadsheet program calculate the file again and save it, or explain the difference of the year.",
    ),
    "MON-26": (
        "The verified tonnes are those that come of the monitored values.",
        "Correct the verified tonnes or the report, or explain the difference of the year.",
    ),
    "MON-27": (
        "No calendar year has negative emission reductions.",
        "Look at the values; if they are right, take the year out of the monitoring period.",
    ),
    "MON-28": ("The monitoring report sheet is a workbook that can be read.", "Save it as XLSX, without a password."),
    "MON-29": (
        "An explanation is of a year whose figures differ, in a sentence or more.",
        "Explain in at least twenty characters why the figures differ, or take the explanation out.",
    ),
    "MON-30": ("Verified tonnes are given for each calendar year of the period.", "Give those of each year, 0 included."),
    "MON-31": ("The calculation comes to an end.", "Look for a value of 0 by which something is divided, and correct it."),
    "MON-32": (
        "More than two hundred problems were found, and the first are listed.",
        "Correct those that are listed, or take a new file and copy the values into it.",
    ),
    "MON-33": (
        "The same declaration is in use, or proposed, for this version already.",
        "Answer the one that is proposed, or propose another text.",
    ),
    "MON-34": (
        "What one side proposes the other answers; neither acts for both.",
        "Have the secretariat of the other side answer, or withdraw the proposal.",
    ),
    "MON-35": ("A proposal is withdrawn by the side that made it.", "Decline it instead."),
}
