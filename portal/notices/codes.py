"""Enhanced status codes (RFC 3463) with which a server refuses mail to an address that exists."""

import re

ABOUT_US = re.compile(r"\s*[45]\.(7\.|2\.3|3\.4)")  # not welcome, or too long
FULL = re.compile(r"\s*5\.2\.2")  # a mailbox that is full today need not be so tomorrow
