"""What Trellis costs: `./run bench`. Every figure is a ratio taken in one run, since the seconds of
a machine say little and two things measured side by side say much."""
