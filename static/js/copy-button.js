// <copy-button>: puts the text of its <code> on the clipboard and says so.
class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("code").textContent);
      button.querySelector("span").textContent = button.dataset.done;
      document.getElementById("status").textContent = button.dataset.done;
    });
  }
}
customElements.define("copy-button", CopyButton);
