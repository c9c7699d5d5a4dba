"""From words or a picture to hits, judged against the archive's own background."""
