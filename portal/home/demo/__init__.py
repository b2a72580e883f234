"""The demo agency: invented people, sessions, reflections and reviews, the same every time for a
seed, with dates that move with today. No family is in it."""
