"""Looking into sources without making anything: dry runs, and what lies in the sources folder."""
