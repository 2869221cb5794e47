"""What needs the other articles: the corpus, what it goes back to, and people's word on it."""
