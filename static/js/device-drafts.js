// <device-drafts>: the texts that this device has, each a link to the page on which it goes on.
class DeviceDrafts extends HTMLElement {
  async connectedCallback() {
    const person = document.documentElement.dataset.person;
    const theirs = (await trellisDrafts.all().catch(() => [])).filter((each) => each.person === person);
    const [list, template] = [this.querySelector("ul"), this.querySelector("template")];
    for (const { url, texts, boxes, unsent } of theirs.sort((one, other) => other.at - one.at)) {
      const row = template.content.cloneNode(true);
      const link = row.querySelector("a");
      const words = boxes.map(([name]) => texts[name] ?? "").find((text) => text.trim());
      if (!words) continue;
      link.href = url.replace(/draft\/$/, "edit/");
      link.textContent = words.trim().slice(0, 80);
      row.querySelector("[data-unsent]").hidden = !unsent;
      list.append(row);
    }
    this.hidden = !list.children.length;
  }
}
customElements.define("device-drafts", DeviceDrafts);
