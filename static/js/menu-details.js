// <menu-details> around <details>: Escape and a click elsewhere close it, like any menu.
class MenuDetails extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.onClick = (event) => { if (!this.contains(event.target)) this.details.open = false; };
    this.onKey = (event) => {
      if (event.key !== "Escape" || !this.details.open) return;
      this.details.open = false;
      this.querySelector("summary").focus();
    };
    document.addEventListener("click", this.onClick);
    this.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.onClick);
    this.removeEventListener("keydown", this.onKey);
  }
}
customElements.define("menu-details", MenuDetails);
