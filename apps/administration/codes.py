"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "ADM-01": (
        "A secretariat edits people and organisations of its own side and of neither side alone.",
        "Ask the secretariat of the other side.",
    ),
    "ADM-02": (
        "People, organisations and appointments are edited by the secretariats and by the administrators of the site.",
        "Act as a secretariat, or ask yours.",
    ),
    "ADM-03": (
        "The account of an administrator of the site is edited by administrators alone.",
        "Ask an administrator of the site.",
    ),
    "ADM-04": (
        "Nobody closes their own account, nor one whose person holds an office of the committee.",
        "End the appointment first, by its procedure, in which two persons of the side take part.",
    ),
    "ADM-05": (
        "The name of a third-party entity, or of a participant of a project, is changed by a step of that file.",
        "Take the step for the change of name in that file; it keeps the former name with its days.",
    ),
    "ADM-06": ("An edit is kept with its reason for ever.", "Say in a sentence why it is made."),
    "ADM-07": ("Another entry has this name or this e-mail address already.", "Use that entry, or choose another name."),
}
