"""The contract as values: what a client may ask, what a job may be, what may go wrong.

Pure: nothing here reads a file, a clock, a socket or the environment.
"""
