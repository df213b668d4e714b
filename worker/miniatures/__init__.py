"""What a page shows of sources so that a person can cut: asked for, kept, and cleared."""
