"""The public pages of the portal."""
