"""Making instruments: what a draft may hold, and a version as a document and back."""
