"""Files that come into the sources folder over the network, bit by bit: whole, or not at all."""
