// <draft-conflict> inside <autosave-form>: when a draft was also changed elsewhere, shows the other
// text under each field that differs, and lets the person choose. Nothing is sent before that.
class DraftConflict extends HTMLElement {
  connectedCallback() {
    this.owner = this.closest("autosave-form");
    this.show = (event) => this.compare(event.detail);
    this.owner.addEventListener("draft-conflict", this.show);
    this.addEventListener("click", (event) => this.choose(event.target.closest("button")));
  }

  disconnectedCallback() { this.owner.removeEventListener("draft-conflict", this.show); }

  compare(answers) {
    const list = this.querySelector("[data-others]");
    list.replaceChildren();
    this.answers = {};
    for (const [name, text] of Object.entries(answers)) {
      const field = this.owner.form.elements[name];
      if (!field || field.value === text) continue;
      this.answers[name] = text;
      const heading = document.createElement("h3");
      heading.textContent = field.labels?.[0]?.textContent ?? name;
      const other = document.createElement("p");
      other.className = "written";
      other.textContent = text;
      list.append(heading, other);
    }
    if (!Object.keys(this.answers).length) return this.settle();
    this.querySelector("[data-panel]").hidden = false;
    this.querySelector("[data-panel]").focus();
  }

  choose(button) {
    if (!button?.dataset.choice) return;
    const fields = this.owner.form.elements;
    for (const [name, text] of Object.entries(this.answers)) {
      if (button.dataset.choice === "other") fields[name].value = text;
      if (button.dataset.choice === "both") fields[name].value = [fields[name].value, text].filter(Boolean).join("\n\n");
    }
    this.settle();
  }

  settle() {
    this.querySelector("[data-panel]").hidden = true;
    this.dispatchEvent(new CustomEvent("draft-settled", { bubbles: true }));
  }
}
customElements.define("draft-conflict", DraftConflict);
