// A text that was found on this device may have been written under other prompts than the page asks:
// then the page gets the boxes that it was written in, so that no word is in none.
document.addEventListener("draft-found", ({ target: form, detail: { boxes } }) => {
  const shown = [...form.querySelectorAll(".prompt")];
  const names = (list) => list.join(" ");
  if (!boxes?.length || names(boxes.map(([name]) => name)) === names(shown.map((box) => box.querySelector("textarea").name))) return;
  const made = boxes.map(([name, question]) => {
    const box = shown[0].cloneNode(true);
    const [text, label] = [box.querySelector("textarea"), box.querySelector("label")];
    box.querySelector(".prompt__hint")?.remove();
    text.removeAttribute("aria-describedby");
    Object.assign(text, { name, id: `write_${name}`, value: "" });
    Object.assign(label, { htmlFor: text.id, textContent: question });
    return box;
  });
  shown[0].before(...made);
  shown.forEach((box) => box.remove());
});
