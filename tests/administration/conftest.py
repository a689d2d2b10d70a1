"""Credits belong to rounds: the books are looked at with the rounds of the issuance tests."""

from tests.issuance.conftest import document_root, jcm

__all__ = ["document_root", "jcm"]
