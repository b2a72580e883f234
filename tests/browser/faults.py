"""What is wrong with a page as it stands in the browser, each fault as a line of words."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

SMALLEST = 320  # pixels: a small phone, and 1280 at 400%
HEIGHT = 844
MOST_SHIFT = 0.02
AXE_SCRIPT = Axe().axe_script
# Rules whose answer may change with the colours alone.
COLOURS = ["color-contrast", "link-in-text-block"]

# Only what is wrong is told in full; target-size (24 pixels, WCAG 2.2) is not among axe's own.
RUN = """async (only) => {
  const why = (node) =>
    [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" ")
  // A bar that stays where it is covers what can be scrolled out from under it.
  for (const bar of document.querySelectorAll(".tabbar, .topbar, .saved-bar"))
    bar.style.position = "static"
  const options = {resultTypes: ["violations"], preload: false, elementRef: false}
  if (only) options.runOnly = only
  else options.rules = {"target-size": {enabled: true}}
  const {violations} = await axe.run(document, options)
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)}: ${why(node)}`))
}"""

SHIFT = """() => new Promise((tell) => {
  let sum = 0
  const add = (list) => { for (const one of list) if (!one.hadRecentInput) sum += one.value }
  const seen = new PerformanceObserver((list) => add(list.getEntries()))
  seen.observe({type: "layout-shift", buffered: true})
  requestAnimationFrame(() => setTimeout(() => {
    add(seen.takeRecords())
    seen.disconnect()
    tell(sum)
  }))
})"""

MOVING = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one)
  return [style.transitionDuration, style.animationDuration].some((words) =>
    words.split(",").some((word) => parseFloat(word) > 0.01))
}).map((one) => `moves in spite of reduced motion: ${one.outerHTML.slice(0, 120)}`).slice(0, 5)"""

# After a Tab the browser shows the focus of whatever a script focuses next, too.
UNSEEN_FOCUS = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
)].filter((one) => one.checkVisibility() && !one.disabled).filter((one) => {
  one.focus()
  if (document.activeElement !== one) return false
  const marks = [one, one.closest("label"), one.nextElementSibling, one.parentElement]
  return !marks.filter(Boolean).some((mark) => {
    const style = getComputedStyle(mark)
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
  })
}).map((one) => `no focus to be seen: ${one.outerHTML.slice(0, 120)}`)"""

UNSEEN_EDGES = """() => [...document.querySelectorAll(
  "input:not([type=hidden], [type=radio], [type=checkbox], [type=range], [type=file])," +
  " select, textarea, .button, .icon-button"
)].filter((one) => one.checkVisibility()).filter((one) => {
  const style = getComputedStyle(one)
  return !["Top", "Right", "Bottom", "Left"].some((side) =>
    style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1)
}).map((one) => `no edge in forced colours: ${one.outerHTML.slice(0, 120)}`)"""

# The innermost stick out by themselves; what they sit in only grew with them.
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth
  if (wide <= innerWidth) return null
  const out = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() &&
    one.getBoundingClientRect().right > innerWidth + 0.5)
  const innermost = out.filter((one) => !out.some((other) => one !== other && one.contains(other)))
  return innermost.map((one) => one.outerHTML.slice(0, 120)).slice(0, 3).join(" | ") ||
    `${wide} pixels, by what has no box of its own`
}"""

ON_PAPER = """() => {
  const shown = [".topbar", ".side", ".tabbar", ".footer", ".skip-link"].filter((name) =>
    [...document.querySelectorAll(name)].some((one) => one.checkVisibility()))
  const main = document.querySelector("main")
  const faults = shown.map((name) => `on paper: ${name}`)
  if (!main || !main.innerText.trim()) faults.push("on paper: nothing")
  return faults
}"""


def take_axe_along(page: Page) -> None:
    """Have axe on every page that `page` opens from now on: quicker than handing it to each."""
    page.add_init_script(AXE_SCRIPT)


def listen(page: Page) -> list[str]:
    """A list that the browser's complaints go into, page by page: whoever reads it empties it."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", hear)
    return said


def of_axe(page: Page, only: list[str] | None = None) -> list[str]:
    """What axe finds; by `only` these of its rules. The page took axe along."""
    return page.evaluate(RUN, only)


def of_width(page: Page, *widths: int) -> list[str]:
    """Whether there is anything to scroll to sideways, at each of `widths`."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if sticks_out := page.evaluate(TOO_WIDE):
            found.append(f"wider than {width} pixels: {sticks_out}")
    return found


def of_shift(page: Page) -> list[str]:
    """Whether what stood on the page moved while it loaded."""
    shift = page.evaluate(SHIFT)
    return [f"layout shift {shift:.3f}"] if shift > MOST_SHIFT else []


def of_motion(page: Page) -> list[str]:
    """What still moves for somebody who asked for less of it; the page goes on being asked."""
    page.emulate_media(reduced_motion="reduce")
    _wait_until(page, "(prefers-reduced-motion: reduce)")
    return page.evaluate(MOVING)


def of_forced_colours(page: Page) -> list[str]:
    """What has no edge, or no focus to be seen, where the device chooses all colours."""
    page.emulate_media(forced_colors="active")
    _wait_until(page, "(forced-colors: active)")
    page.keyboard.press("Tab")
    found = page.evaluate(UNSEEN_EDGES) + page.evaluate(UNSEEN_FOCUS)
    page.emulate_media(forced_colors="none")
    return found


def settle(page: Page) -> None:
    """Have what changes its colours by and by be there: axe would see them half-way."""
    page.evaluate("""() => new Promise((done) => requestAnimationFrame(() => {
      for (const change of document.getAnimations()) change.finish()
      requestAnimationFrame(() => done())
    }))""")


def of_paper(page: Page) -> list[str]:
    """Whether the printed page is what the page says, without the ways around the house."""
    page.emulate_media(media="print")
    _wait_until(page, "print")
    found = page.evaluate(ON_PAPER)
    page.emulate_media(media="screen")
    _wait_until(page, "screen")
    return found


def _wait_until(page: Page, query: str) -> None:
    """Wait for this media query to hold: the browser answers before the page has changed."""
    page.wait_for_function("query => matchMedia(query).matches", arg=query)
