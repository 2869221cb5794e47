"""What the program counts, for Prometheus: of the desk, of its site, of its rounds."""
