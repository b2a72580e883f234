"""What people fill in: one file a noun."""
