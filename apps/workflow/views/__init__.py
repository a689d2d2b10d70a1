"""The screens of the engine: a file, its steps, its documents, and how the engine is."""
