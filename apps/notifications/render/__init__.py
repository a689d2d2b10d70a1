"""Messages in words: lines, mails, digests."""

from apps.notifications.render.letters import letter_of
from apps.notifications.render.parts import Part, parts_of
from apps.notifications.render.words import Line, lines_of, said, subject_line, title_of, zone_of

__all__ = ["Line", "Part", "letter_of", "lines_of", "parts_of", "said", "subject_line", "title_of", "zone_of"]
