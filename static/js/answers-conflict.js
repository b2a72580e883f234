// <answers-conflict> inside <autosave-form>: when a draft review was also changed elsewhere, says which
// answers differ and lets the person choose; when it was submitted elsewhere, leads there. Nothing is
// sent before that.
class AnswersConflict extends HTMLElement {
  connectedCallback() {
    this.owner = this.closest("autosave-form");
    this.show = (event) => this.compare(event.detail);
    this.owner.addEventListener("draft-conflict", this.show);
    this.addEventListener("click", (event) => this.choose(event.target.closest("button")?.dataset.choice));
  }

  disconnectedCallback() { this.owner.removeEventListener("draft-conflict", this.show); }

  compare(theirs) {
    if (theirs[":submitted"]) {
      this.querySelector("[data-submitted]").href = theirs[":submitted"];
      return this.open("submitted");
    }
    const lines = Object.entries(theirs).map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]);
    this.theirs = lines.filter(([name, value]) => this.fields[name] && this.fields[name].value !== value);
    if (!this.theirs.length) return this.settle();
    this.querySelector("[data-others]").replaceChildren(...this.theirs.map(([name, value]) => this.line(name, value)));
    this.open("changed");
  }

  get fields() { return this.owner.form.elements; }

  line(name, value) {
    const line = document.createElement("li");
    const parts = { item: this.item(name), there: this.words(name, value), here: this.words(name, this.fields[name].value) };
    line.textContent = this.dataset.line.replace(/\{(\w+)\}/g, (_, part) => parts[part]);
    return line;
  }

  // A group of radio buttons, a list, or a field to type in.
  item(name) {
    const [first] = this.controls(name);
    return (first.closest("fieldset")?.querySelector("legend") ?? first.labels[0]).textContent.trim();
  }

  words(name, value) {
    const [first] = this.controls(name);
    const option = [...(first.options ?? [])].find((each) => each.value === value);
    const radio = this.controls(name).find((each) => each.type === "radio" && each.value === value);
    return (option?.textContent ?? radio?.labels[0].textContent.trim() ?? value) || this.dataset.nothing;
  }

  controls(name) { return [...this.owner.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]; }

  choose(choice) {
    if (!choice) return;
    if (choice === "other") for (const [name, value] of this.theirs) this.put(name, value);
    this.settle();
  }

  put(name, value) {
    for (const field of this.controls(name)) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }

  open(which) {
    for (const panel of this.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== which;
    this.querySelector(`[data-panel="${which}"]`).focus();
  }

  settle() {
    for (const panel of this.querySelectorAll("[data-panel]")) panel.hidden = true;
    this.dispatchEvent(new CustomEvent("draft-settled", { bubbles: true }));
  }
}
customElements.define("answers-conflict", AnswersConflict);
