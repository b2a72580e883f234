"""Scores as a file: one table and its codebook, written as CSV, XLSX or PDF."""
