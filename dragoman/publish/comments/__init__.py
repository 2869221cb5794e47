"""Comments of readers: how they are taken, shown under their article, and decided about."""
