"""One canonical text, every block labelled; nothing rewritten, nothing thrown away."""
