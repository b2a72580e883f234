// <dialog-opener data-dialog="id"> around a link or button: opens the <dialog> in this page.
// Without script the link leads to a page that asks the same.
class DialogOpener extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const dialog = document.getElementById(this.dataset.dialog);
      if (!dialog?.showModal || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      dialog.showModal();
    });
  }
}
customElements.define("dialog-opener", DialogOpener);
