"""Who is told what by mail: participants of their new link, administrators of a cause."""
