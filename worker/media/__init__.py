"""Where media lies on the volume, and how a source is opened safely."""
