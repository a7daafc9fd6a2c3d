// What every page does: text fields that grow, sliders beside their number, and being kept as an app.

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

for (const area of document.querySelectorAll("textarea[data-grows]")) {
  area.addEventListener("input", () => grow(area));
  addEventListener("resize", () => grow(area));
  grow(area);
}

// A field for one line takes no line breaks: Enter goes on, as it does in any other field.
for (const area of document.querySelectorAll("textarea[data-line]")) {
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) event.preventDefault();
  });
}

for (const slider of document.querySelectorAll("[data-scale] input[type=range]")) {
  const number = document.getElementById(slider.dataset.for);
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("change", { bubbles: true }));
  });
  number.addEventListener("input", () => {
    if (/^\d{1,3}$/.test(number.value)) slider.value = number.value;
  });
}

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js");
