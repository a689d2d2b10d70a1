"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "LST-01": (_("A person's views of one list have different names."), _("Choose another name, or delete the other view.")),
    "LST-02": (_("A person keeps at most twenty views of one list."), _("Delete a view that you do not need any more.")),
}
