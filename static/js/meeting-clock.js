// <meeting-clock data-now data-ends>: counts the part that runs, by the server's clock, though this
// device's own be wrong. When its time is up it counts on, calmly.
const SECOND = 1000;

class MeetingClock extends HTMLElement {
  connectedCallback() {
    this.ahead = Date.parse(this.dataset.now) - Date.now();
    this.ends = Date.parse(this.dataset.ends);
    this.ticking = setInterval(() => this.show(), SECOND);
    this.show();
  }

  disconnectedCallback() { clearInterval(this.ticking); }

  show() {
    const left = Math.ceil((this.ends - Date.now() - this.ahead) / SECOND);
    const seconds = Math.abs(left);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.classList.toggle("clock--over", left < 0);
    const words = left < 0 ? this.dataset.over : this.dataset.left;
    this.querySelector("[data-time]").textContent = words.replace("{time}", time);
  }
}
customElements.define("meeting-clock", MeetingClock);
