// <passkey-form data-act="create|get"> around a form with a hidden "credential": asks the device for
// a passkey, then sends the form. The options come from a json_script (data-options, an id) or from
// an address (data-options-url). allauth's webauthn-json.js turns them into what browsers want.
class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    for (const hidden of this.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask().catch(() => { this.querySelector("[data-problem]").hidden = false; });
    });
  }

  async ask() {
    this.querySelector("[data-problem]").hidden = true;
    const options = await this.options();
    const credential = await window.webauthnJSON[this.dataset.act](options);
    this.form.elements.credential.value = JSON.stringify(credential);
    this.form.submit();
  }

  async options() {
    if (this.dataset.optionsUrl) {
      const response = await fetch(this.dataset.optionsUrl, { headers: { Accept: "application/json" } });
      return (await response.json()).request_options;
    }
    const data = JSON.parse(document.getElementById(this.dataset.options).textContent);
    return data.request_options ?? this.forStorage(data.creation_options);
  }

  // A key that signs in by itself must be stored on the device and ask who holds it.
  forStorage(options) {
    const tick = this.form.elements.passwordless;
    if (!tick) return options;
    const selection = options.publicKey.authenticatorSelection;
    selection.residentKey = tick.checked ? "required" : "discouraged";
    selection.requireResidentKey = tick.checked;
    if (tick.checked) selection.userVerification = "required";
    return options;
  }
}
customElements.define("passkey-form", PasskeyForm);
