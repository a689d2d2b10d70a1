"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "INS-01": ("The file is encrypted.", "Save it without a password or restrictions."),
    "INS-02": ("The file is broken or cut off.", "Save it again with the program that made it, and check that it opens."),
    "INS-03": (
        "Reading the file takes more than a document needs.",
        "Print it to PDF again, or save it in parts.",
    ),
    "INS-04": ("The document has too many pages, or none.", "Split it, or choose another file."),
    "INS-05": ("The document holds a script or an automatic action.", "Print it to PDF again; that leaves scripts behind."),
    "INS-06": (
        "The document opens programs or other files, or sends what is filled in.",
        "Print it to PDF again.",
    ),
    "INS-07": ("Other files are attached to the document.", "Save it without attachments, and hand them in by themselves."),
    "INS-08": ("The document is an XFA form.", "Print the filled-in form to PDF."),
    "INS-09": ("The document holds sound, film or a model in space.", "Save it without."),
    "INS-10": ("Something in the file unpacks to far more than it should.", "Save it again with the program that made it."),
    "INS-11": ("Something stands before or behind the document in the file.", "Save it again with the program that made it."),
    "INS-12": ("The parts of the spreadsheet's archive are not in order.", "Save it again as .xlsx with a spreadsheet program."),
    "INS-13": ("The spreadsheet holds an archive or a program.", "Remove it, and hand it in by itself where it is needed."),
    "INS-14": ("The file is no workbook of the kind .xlsx.", "Save it as an Excel workbook (.xlsx)."),
    "INS-15": ("The workbook holds macros.", "Save it as .xlsx, which has none."),
    "INS-16": ("The workbook takes data from elsewhere.", "Break the links and connections: paste the values."),
    "INS-17": ("The workbook holds embedded objects or controls.", "Remove them."),
    "INS-18": ("The workbook holds parts of a kind that is not taken.", "Save it again as .xlsx with a spreadsheet program."),
    "INS-19": ("A part of the workbook is no plain XML.", "Save it again as .xlsx with a spreadsheet program."),
    "INS-20": ("A formula of the workbook reaches out of it.", "Replace the formula by its value."),
}
