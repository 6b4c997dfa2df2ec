"""One engine for every sync. It knows no conference and no webinar, only what they plan."""
