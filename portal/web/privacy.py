"""The classes of a field. Each model declares `privacy = {"field": CLASS, ...}` for all of its
fields; logs, exports, demo data, retention and scrubbing read this one declaration."""

# what someone wrote for themselves: never in a log, a subject, a URL, another's export
JOURNAL = "journal"
FREE = "free"  # words that people type for others: may hold anything, so never in a log or subject
CONTACT = "contact"  # name, email and what else identifies a person at work
WORK = "work"  # who did what when: seen inside the agency
NONE = "none"  # ids, settings, vocabulary

CLASSES = {JOURNAL, FREE, CONTACT, WORK, NONE}
