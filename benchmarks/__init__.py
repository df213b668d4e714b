"""What the service costs, against plain FFmpeg on the same machine: `python -m benchmarks`."""
