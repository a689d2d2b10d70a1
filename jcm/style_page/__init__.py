"""The page at /style/: every component in every state, with sample content. The tests look at it."""
