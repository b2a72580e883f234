"""`./run audit`: every page, as every role that may enter it, in every width and colour scheme.

`./run audit lighthouse` has Lighthouse look at five of them (lighthouse.py).

Too long for the suite (pytest collects none of it by itself): tests/browser/test_every_page.py
opens each page once there.
"""
