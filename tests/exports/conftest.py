"""A world under the rules of India 2026, at noon in Japan on 1 March 2027, and how a page is asked for."""

from tests.projects.worlds import document_root, india, read

__all__ = ["document_root", "india", "read"]
