"""One file a command of `./run`, with `main(arguments)` that returns the exit code."""
