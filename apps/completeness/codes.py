"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "CPL-01": ("A completeness check says of each item of the list whether it is in order.", "Judge every item."),
    "CPL-02": ("Completion is asked for only where something is missing or wrong.", "Say which item, or accept as complete."),
    "CPL-03": ("What is not there cannot be in order.", "Ask for completion; the document must be handed in anew."),
    "CPL-04": ("What the system found is not passed over in silence.", "Say why the item is in order all the same."),
    "CPL-05": ("Whoever must complete something has to know what.", "Say what is missing or wrong."),
    "CPL-06": ("Something that is missing or wrong stands against completeness.", "Ask for completion."),
}
