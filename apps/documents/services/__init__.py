"""Every write of documents: bytes into the store, then the version that names them, then what the scanner found in it."""

from apps.documents.services.contents import Comparison, compared, page_count, picture
from apps.documents.services.examining import examine
from apps.documents.services.scanning import SCAN, scan_what_waits
from apps.documents.services.stocktaking import fault_of, look_again, take_stock
from apps.documents.services.subjects import Subject as Filed
from apps.documents.services.twins import add_twin, note_reading
from apps.documents.services.uploads import LARGEST_PIECE, begin_upload, forget_uploads, give_up, receive
from apps.documents.services.versions import Content, add_version

__all__ = [
    "LARGEST_PIECE",
    "SCAN",
    "Comparison",
    "Content",
    "Filed",
    "add_twin",
    "add_version",
    "begin_upload",
    "compared",
    "examine",
    "fault_of",
    "forget_uploads",
    "give_up",
    "look_again",
    "note_reading",
    "page_count",
    "picture",
    "receive",
    "scan_what_waits",
    "take_stock",
]
