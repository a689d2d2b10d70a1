"""Pages for everybody who comments, and for those who treat the comments."""
