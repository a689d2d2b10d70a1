"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "LST-01": ("A person's views of one list have different names.", "Choose another name, or delete the other view."),
    "LST-02": ("A person keeps at most twenty views of one list.", "Delete a view that you do not need any more."),
}
