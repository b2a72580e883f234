"""Every URL of the access matrix as every role that may enter: at each width, light and dark, in
forced colours, with less motion, on paper, and at 320 pixels."""

import pytest

from tests.browser import faults, pages

WIDTHS = (390, 1280)
PARTS = 4  # of a role's pages: processes share them out


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", pages.WHO)
def test_every_page(page_as, cast, note, who, width, part):
    page = page_as(None if who == pages.VISITOR else getattr(cast, who), width=width)
    faults.take_axe_along(page)
    said = faults.listen(page)
    wrong = 0
    for name in pages.open_to(who)[part::PARTS]:
        page.set_viewport_size({"width": width, "height": faults.HEIGHT})
        if pages.opened(page, pages.address(name, cast)) is None:
            continue
        found = faults.of_shift(page) + faults.of_width(page, width) + faults.of_axe(page)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        faults.settle(page)
        found += [f"dark: {each}" for each in faults.of_axe(page, faults.COLOURS)]
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        if width == min(WIDTHS):  # the same at each width
            found += faults.of_motion(page)
            found += faults.of_forced_colours(page)
            found += faults.of_paper(page)
            found += faults.of_width(page, faults.SMALLEST)
        found += said
        said.clear()
        note(who, f"{name} as {who} at {width}", found)
        wrong += len(found)

    assert wrong == 0
