"""Every write of documents: bytes into the store, then the version that names them, then what the scanner found in it."""

from apps.documents.services.contents import Comparison, compared, page_count, picture
from apps.documents.services.examining import examine
from apps.documents.services.experts import name_expert, withdraw_expert
from apps.documents.services.scanning import SCAN, scan_what_waits
from apps.documents.services.stocktaking import fault_of, look_again, take_stock, whole
from apps.documents.services.store import ELSEWHERE, at_hand, is_kept
from apps.documents.services.strays import clear_strays
from apps.documents.services.subjects import Subject as Filed
from apps.documents.services.twins import add_twin, begin_twin, note_reading
from apps.documents.services.uploads import LARGEST_PIECE, begin_upload, forget_uploads, give_up, no_upload, receive
from apps.documents.services.versions import Content, add_version

__all__ = [
    "ELSEWHERE",
    "LARGEST_PIECE",
    "SCAN",
    "Comparison",
    "Content",
    "Filed",
    "add_twin",
    "add_version",
    "at_hand",
    "begin_twin",
    "begin_upload",
    "clear_strays",
    "compared",
    "examine",
    "fault_of",
    "forget_uploads",
    "give_up",
    "is_kept",
    "look_again",
    "name_expert",
    "no_upload",
    "note_reading",
    "page_count",
    "picture",
    "receive",
    "scan_what_waits",
    "take_stock",
    "whole",
    "withdraw_expert",
]
