"""Every write of documents: bytes into the store, then the version that names them."""

from apps.documents.services.versions import add_version

__all__ = ["add_version"]
