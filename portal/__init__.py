"""Trellis: the project package and the foundation. design.md names its rooms."""
