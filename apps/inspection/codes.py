"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "INS-01": (_("The file is encrypted."), _("Save it without a password or restrictions.")),
    "INS-02": (_("The file is broken or cut off."), _("Save it again with the program that made it, and check that it opens.")),
    "INS-03": (
        _("Reading the file takes more than a document needs."),
        _("Print it to PDF again, or save it in parts."),
    ),
    "INS-04": (_("The document has too many pages, or none."), _("Split it, or choose another file.")),
    "INS-05": (_("The document holds a script or an automatic action."), _("Print it to PDF again; that leaves scripts behind.")),
    "INS-06": (
        _("The document opens programs or other files, or sends what is filled in."),
        _("Print it to PDF again."),
    ),
    "INS-07": (_("Other files are attached to the document."), _("Save it without attachments, and hand them in by themselves.")),
    "INS-08": (_("The document is an XFA form."), _("Print the filled-in form to PDF.")),
    "INS-09": (_("The document holds sound, film or a model in space."), _("Save it without.")),
    "INS-10": (_("Something in the file unpacks to far more than it should."), _("Save it again with the program that made it.")),
    "INS-11": (
        _("Something stands before or behind the document in the file."),
        _("Save it again with the program that made it."),
    ),
    "INS-12": (
        _("The parts of the spreadsheet's archive are not in order."),
        _("Save it again as .xlsx with a spreadsheet program."),
    ),
    "INS-13": (_("The spreadsheet holds an archive or a program."), _("Remove it, and hand it in by itself where it is needed.")),
    "INS-14": (_("The file is no workbook of the kind .xlsx."), _("Save it as an Excel workbook (.xlsx).")),
    "INS-15": (_("The workbook holds macros."), _("Save it as .xlsx, which has none.")),
    "INS-16": (_("The workbook takes data from elsewhere."), _("Break the links and connections: paste the values.")),
    "INS-17": (_("The workbook holds embedded objects or controls."), _("Remove them.")),
    "INS-18": (
        _("The workbook holds parts of a kind that is not taken."),
        _("Save it again as .xlsx with a spreadsheet program."),
    ),
    "INS-19": (_("A part of the workbook is no plain XML."), _("Save it again as .xlsx with a spreadsheet program.")),
    "INS-20": (_("A formula of the workbook reaches out of it."), _("Replace the formula by its value.")),
    "TWN-01": (
        _("The public version could not be compared with the confidential one in time."),
        _("Make it smaller or simpler."),
    ),
    "TWN-02": (
        _("The public version has other pages than the confidential one."),
        _("Keep each page and black out what is on it."),
    ),
    "TWN-03": (
        _("The public version holds text that is not seen and can be copied out."),
        _("Remove the text; do not cover it."),
    ),
    "TWN-04": (
        _("The public version names a person or a company in its properties."),
        _("Clear the properties of the document."),
    ),
    "TWN-05": (_("Other files are attached to the public version."), _("Remove them.")),
    "TWN-06": (_("The public version still holds what it was before it was changed."), _("Print it to PDF again.")),
    "TWN-07": (_("The public version has layers that can be switched on and off."), _("Print it to PDF again.")),
    "TWN-08": (_("The public version holds notes or comments."), _("Remove them.")),
    "TWN-09": (_("The public version holds what another program left in it."), _("Print it to PDF again, or save it without.")),
    "TWN-10": (_("The public version hides sheets, rows, columns or values."), _("Remove them; do not hide them.")),
    "TWN-11": (_("The public version has hidden names."), _("Remove them.")),
    "TWN-12": (_("The public version has a sheet that the confidential one has not."), _("Remove it.")),
    "TWN-13": (_("The public version keeps words that no cell shows."), _("Copy the sheets into a new workbook.")),
}
