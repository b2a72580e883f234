// <dismiss-message>: a message that stays until its button is pressed. Without script it just stays.
class DismissMessage extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      this.remove();
      document.getElementById("main").focus();
    });
  }
}
customElements.define("dismiss-message", DismissMessage);
