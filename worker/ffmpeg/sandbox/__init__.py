"""The second wall: what a child may touch and use up, whatever the file it reads makes it do."""
