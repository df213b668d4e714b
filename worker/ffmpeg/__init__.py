"""FFmpeg: the commands, what it says, and the one place where it is run."""
