"""What reads files of strangers. It runs in a child process behind walls, and imports nothing of Django or of the site."""
