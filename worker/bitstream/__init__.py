"""Coded video as bytes: the parameter sets of H.264 and HEVC, their ids, and slice headers."""
