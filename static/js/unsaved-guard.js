// <unsaved-guard> around a form: the browser asks before leaving with words that were not sent.
class UnsavedGuard extends HTMLElement {
  connectedCallback() {
    this.ask = (event) => event.preventDefault();
    this.addEventListener("input", () => addEventListener("beforeunload", this.ask), { once: true });
    this.addEventListener("submit", () => removeEventListener("beforeunload", this.ask));
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.ask);
  }
}
customElements.define("unsaved-guard", UnsavedGuard);
