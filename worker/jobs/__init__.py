"""A job's life: its folder, its run, what is told about it, and the sweep that forgets nothing."""
