// The conversation. Times are kept for the debrief (how long before the first key, how long typing); never what was
// typed and taken out again.

const form = document.getElementById("saying");
if (form) hold(form);

function hold(form) {
  const turns = document.getElementById("turns");
  const text = form.elements.text;
  const trouble = document.getElementById("trouble");
  const breath = document.getElementById("breath");
  const seconds = breath.querySelector(".seconds");
  const silentButton = document.getElementById("silent");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const draftAt = `edgewise-draft-${form.dataset.rehearsal}`;

  let seen = Number(form.elements.seen.value);
  let theirSilence = Number(form.dataset.silence) || 0;
  let since = performance.now();
  let firstKey = 0;
  let busy = false;
  let onePassed = false;
  let patience = 0;
  let corrections = 0;
  let listenedTo = 0;
  let thinking = null;

  // ---- what was typed survives a reload, in this tab only
  if (!text.value) text.value = sessionStorage.getItem(draftAt) || "";
  text.dispatchEvent(new Event("input"));
  text.addEventListener("input", () => {
    if (!firstKey && text.value) {
      firstKey = performance.now();
      waitNoLonger();
    }
    sessionStorage.setItem(draftAt, text.value);
    const longest = Number(form.dataset.longest);
    if (text.value.length > longest) tell(`That is ${text.value.length} characters; one turn can hold ${longest}.`);
    else untell();
  });
  text.addEventListener("input", (event) => {
    if (event.inputType && event.inputType.startsWith("delete")) corrections += 1;
    listen();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (text.value.trim()) say(text.value);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter && event.submitter.value === "silent") say("...");
    else if (text.value.trim()) say(text.value);
    else text.focus();
  });

  // ---- silence, theirs and yours
  const showSeconds = document.getElementById("show-seconds");
  const breathe = document.getElementById("breathe");
  for (const aid of [showSeconds, breathe]) {
    aid.checked = localStorage.getItem(`edgewise-${aid.id}`) === "1";
    aid.addEventListener("change", () => {
      localStorage.setItem(`edgewise-${aid.id}`, aid.checked ? "1" : "0");
      showBreath();
    });
  }
  setInterval(() => {
    const passed = Math.floor((performance.now() - since) / 1000);
    seconds.textContent = `${passed} s`;
  }, 500);
  wait();
  showBreath();

  function showBreath() {
    breath.hidden = !(theirSilence || breathe.checked);
    seconds.hidden = !showSeconds.checked;
    silentButton.textContent = theirSilence ? "Stay with it" : "Say nothing";
  }

  // Their silence ends by itself once. After that, somebody has to be there.
  function wait() {
    clearTimeout(patience);
    if (theirSilence && !onePassed && !text.value) {
      patience = setTimeout(() => {
        if (!text.value && !busy && document.visibilityState === "visible") {
          onePassed = true;
          say("...");
        }
      }, theirSilence * 1000);
    }
  }

  function waitNoLonger() {
    clearTimeout(patience);
  }

  // ---- they may not let you finish: asked at the end of a sentence, or a dozen words on
  async function listen() {
    const words = text.value.split(/\s+/).filter(Boolean).length;
    if (words < listenedTo) listenedTo = words;
    const enough = words >= Number(form.dataset.runningOn);
    const pausing = /[.?!…]\s*$/.test(text.value) ? 4 : 12;
    if (busy || !enough || words - listenedTo < pausing) return;
    listenedTo = words;
    const sofar = text.value;
    try {
      const answer = await fetch(`/api/rehearsals/${form.dataset.rehearsal}/so-far`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ text: sofar, seen }),
      });
      if (!answer.ok || !(await answer.json()).cuts_in || busy || !text.value.startsWith(sofar)) return;
      await say(sofar, text.value.slice(sofar.length).trimStart());
    } catch {
      // They let you go on. What you send will tell if the server is gone.
    }
  }

  // ---- speaking
  async function say(words, rest = "") {
    if (busy) return;
    busy = true;
    waitNoLonger();
    untell();
    const now = performance.now();
    const began = firstKey || now;
    const silent = words === "...";
    const yours = {
      text: words,
      seen,
      silence_s: Math.max(0, (silent ? now - since : began - since) / 1000),
      typing_s: silent ? 0 : Math.max(0, (now - began) / 1000),
      corrections: silent ? 0 : corrections,
    };
    const mine = show("yours", "You");
    if (silent) put(mine, "seen", yours.silence_s >= 1 ? `You say nothing for ${Math.round(yours.silence_s)} seconds.` : "You say nothing.");
    const said = silent ? null : put(mine, "words", words.trim());
    if (!silent) onePassed = false;
    text.value = rest;
    text.style.height = "";
    corrections = 0;
    listenedTo = 0;
    toEnd();
    const patienceWanted = setTimeout(() => {
      thinking = show("theirs", form.dataset.person);
      put(thinking, "seen waiting", "…");
      toEnd();
    }, 600);
    const heardFromThem = () => {
      clearTimeout(patienceWanted);
      if (thinking) thinking.remove();
      thinking = null;
    };
    try {
      const answer = await fetch(`/api/rehearsals/${form.dataset.rehearsal}/turns`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
        body: JSON.stringify(yours),
      });
      heardFromThem();
      if (!answer.ok) throw await refusal(answer);
      sessionStorage.setItem(draftAt, text.value);
      await hear(answer.body, said);
    } catch (refused) {
      heardFromThem();
      mine.remove();
      if (refused.stopped) {
        // The page of the stop is drawn by the server, from the same form that works without a script.
        sessionStorage.removeItem(draftAt);
        text.value = words;
        HTMLFormElement.prototype.submit.call(form);
        return;
      }
      if (!silent) text.value = words;
      text.dispatchEvent(new Event("input"));
      tell(refused.told || "Edgewise cannot be reached. Your words are still here: start it again, then send them.");
      if (refused.again) location.reload();
    }
    busy = false;
    since = performance.now();
    firstKey = text.value ? since : 0;
    text.focus();
  }

  async function refusal(answer) {
    let told = "";
    let stopped = false;
    try {
      const given = await answer.json();
      stopped = Boolean(given.stopped);
      told = [given.happened, given.next_step].filter(Boolean).join(" ");
    } catch {
      told = "That did not work. Your words are still here.";
    }
    return Object.assign(new Error("refused"), { told, stopped, again: answer.status === 409 });
  }

  // ---- listening
  async function hear(body, said) {
    const theirs = show("theirs", form.dataset.person);
    let line = null;
    for await (const { event, data } of events(body)) {
      if (event === "heard" && said) said.textContent = data.text;
      if (event === "gesture") put(theirs, "seen", `${form.dataset.subject} ${data.text.replace(/\.$/, "")}.`);
      if (event === "silence" && !data.whole) await pause(Math.min(data.seconds, 4) * 1000, theirs);
      if (event === "words") {
        line = line || put(theirs, "words", "");
        line.append(line.textContent ? ` ${data.text}` : data.text);
        if (!calm) await sleep(/[.?!,;:…]$/.test(data.text) ? 160 : 45);
        toEnd();
      }
      if (event === "done") {
        seen = data.place + 1;
        form.elements.seen.value = seen;
        theirs.id = `turn-${data.place}`;
        const note = document.getElementById("voice-note");
        if (note) note.textContent = data.note;
        if (data.silent && !data.gesture) put(theirs, "seen", `${form.dataset.subject} says nothing.`);
        theirSilence = data.silent ? data.silence_s : 0;
        if (data.leaves) {
          location.assign(`/rehearsals/${form.dataset.rehearsal}/talk#hear-back`);
          location.reload();
          return;
        }
      }
    }
    since = performance.now();
    showBreath();
    wait();
    toEnd();
  }

  async function pause(ms, theirs) {
    const quiet = put(theirs, "seen waiting", "…");
    await sleep(ms);
    quiet.remove();
  }

  // ---- putting things on the page; always as text, never as markup
  function show(kind, who) {
    const turn = document.createElement("div");
    turn.className = `turn ${kind}`;
    put(turn, "who", who);
    turns.append(turn);
    return turn;
  }

  function put(turn, kind, words) {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = words;
    turn.append(line);
    return line;
  }

  function tell(words) {
    trouble.textContent = words;
    trouble.hidden = false;
  }

  function untell() {
    trouble.hidden = true;
  }

  function toEnd() {
    // The box sticks to the bottom and is always in view; what was said last must be too.
    window.scrollTo({ top: document.documentElement.scrollHeight });
  }

  toEnd();
}

function sleep(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

// Server-sent events out of an answer's body (https://html.spec.whatwg.org/multipage/server-sent-events.html).
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const parts = rest.split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const fields = Object.fromEntries(part.split("\n").map((row) => [row.slice(0, row.indexOf(":")), row.slice(row.indexOf(":") + 1).trimStart()]));
      yield { event: fields.event, data: JSON.parse(fields.data) };
    }
  }
}
