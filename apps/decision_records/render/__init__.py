"""Records as canonical JSON, as papers, and as proof bundles. Nothing here writes."""
