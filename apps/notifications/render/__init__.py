"""Messages in words: lines, mails, digests."""

from apps.notifications.render.letters import Letter, letter_of
from apps.notifications.render.words import Line, lines_of, said, subject_line, title_of, zone_of

__all__ = ["Letter", "Line", "letter_of", "lines_of", "said", "subject_line", "title_of", "zone_of"]
