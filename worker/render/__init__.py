"""Making the programme: pieces, sound, assembling, verifying."""
