// <file-limit> around a form: says at once that a file is too large, instead of after sending it.
customElements.define("file-limit", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => target.type === "file" && this.look(target));
    this.addEventListener("submit", (event) => {
      const input = this.querySelector("input[type=file]");
      if (!input || !this.look(input)) return;
      event.preventDefault();
      input.focus();
    });
  }

  /* Whether it is too large; says so, or takes back that it did. */
  look(input) {
    const tooLarge = [...input.files].some((file) => file.size > Number(this.dataset.largest));
    this.querySelector("[data-too-large]")?.remove();
    input.toggleAttribute("aria-invalid", false);
    if (tooLarge) {
      const said = document.createElement("p");
      said.className = "field__error";
      said.dataset.tooLarge = "";
      said.setAttribute("role", "alert");
      said.textContent = this.dataset.words;
      input.setAttribute("aria-invalid", "true");
      input.before(said);
    }
    return tooLarge;
  }
});
