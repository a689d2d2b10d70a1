"""Sheets are written, filled as a person's program would, read back and calculated anew."""
