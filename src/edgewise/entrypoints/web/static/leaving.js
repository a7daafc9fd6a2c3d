// Leaving at once: the link, or Escape twice within a second and a half, puts an empty page in this one's place, so that
// going back does not show it again.
const link = document.getElementById("leave-quickly");
let lastEscape = -Infinity;

function leave() {
  sessionStorage.clear();
  document.documentElement.hidden = true;
  location.replace(link.href);
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.timeStamp - lastEscape < 1500) leave();
  lastEscape = event.timeStamp;
});
