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

// A file that takes a moment to be written says so until it is there.
for (const link of document.querySelectorAll("a[data-waits]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const told = document.querySelector("[data-waiting]");
    told.textContent = "It is being written. With many runs this takes a while.";
    const answer = await fetch(link.href).catch(() => null);
    if (!answer?.ok) {
      location.assign(link.href); // what went wrong has a page of its own
      return;
    }
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await answer.blob());
    file.download = link.pathname.split("/").pop().replace("report", "edgewise-report");
    file.click();
    URL.revokeObjectURL(file.href);
    told.textContent = "It is written: look among your downloads.";
  });
}

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js");
