"""Every write of documents: bytes into the store, then the version that names them, then what the scanner found in it."""

from apps.documents.services.scanning import SCAN, scan_what_waits
from apps.documents.services.versions import add_version

__all__ = ["SCAN", "add_version", "scan_what_waits"]
