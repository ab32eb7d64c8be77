/* What the pages do beyond plain HTML; everything works without it. */

const form_keys = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/* "/" goes to the search, unless somebody is typing. */
document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search]");
  const typing = form_keys.has(event.target.tagName) || event.target.isContentEditable;
  if (!search || typing || event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  search.focus();
  search.select();
});

/* A refused form begins with what is wrong. */
document.getElementById("errors")?.focus();

/* <form data-submit-once>: one press is one deed. The button is disabled a moment later, so that its own name and
   value still go along, and comes back with the page or, after a download, by itself. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-submit-once]") || event.submitter?.formTarget) return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "1";
  setTimeout(() => lock(event.target, true));
  setTimeout(() => lock(event.target, false), 8000);
});

addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => lock(form, false)));

function lock(form, on) {
  if (!on) delete form.dataset.sent;
  for (const control of form.elements) {
    if (control.type === "submit") control.disabled = on;
  }
}

/* <button data-copy="#id"> copies that element's value or text and says so in its own data-copied words. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  const before = button.textContent;
  button.textContent = button.dataset.copied || before;
  setTimeout(() => { button.textContent = before; }, 2000);
});

/* <button formtarget="NAME" data-look> shows in a frame what is being typed: it presses itself when somebody pauses. */
for (const button of document.querySelectorAll("[data-look]")) {
  let timer;
  button.form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => button.form.requestSubmit(button), 700);
  });
}

/* <input data-day="Calendar">: what is typed is text like 25.4.2028; beside it the browser's own calendar, to look a day up. */
for (const input of document.querySelectorAll("[data-day]")) {
  if (input.showPicker) add_calendar(input);
}

function add_calendar(input) {
  const box = document.createElement("span");
  const button = document.createElement("button");
  const calendar = document.createElement("input");
  box.className = "day";
  button.type = "button";
  button.className = "button quiet";
  button.textContent = input.dataset.day;
  button.setAttribute("aria-label", `${input.dataset.day}: ${input.labels[0]?.textContent ?? ""}`);
  calendar.type = "date";
  calendar.tabIndex = -1;
  calendar.setAttribute("aria-hidden", "true");
  input.before(box);
  box.append(input, button, calendar);

  button.addEventListener("click", () => {
    const [, day, month, year] = input.value.match(/^\s*(\d+)\D+(\d+)\D+(\d{4})\s*$/) ?? [];
    calendar.value = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    input.value = calendar.value && calendar.value.split("-").reverse().map(Number).join(".");
    input.focus();
  });
}

/* <div id="x" data-live="URL" data-every="5">: while the page is seen, its content is fetched anew, so many seconds after
   the last answer, which a busy house gives later. The answer may be the content alone or a whole page holding the same
   id; one that holds [data-live-done] is the last. Nothing is swapped while somebody types in it or presses one of its
   buttons, and focus stays where it was. With 0.5 a change made anywhere is seen within a second. */
for (const element of document.querySelectorAll("[data-live]:not([data-stream])")) follow(element);

/* <div id="x" data-live="URL" data-stream="URL of events">: the server says when there is something new to fetch. */
for (const element of document.querySelectorAll("[data-stream]")) {
  new EventSource(element.dataset.stream).addEventListener("message", () => refresh(element));
}

let pressing = false;
addEventListener("pointerdown", () => { pressing = true; });
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => { pressing = false; }));

async function follow(element) {
  const pause = 1000 * (Number(element.dataset.every) || 5);
  do {
    await new Promise((over) => { setTimeout(over, pause); });
  } while (await refresh(element));
}

/* Whether there will be more to see. */
async function refresh(element) {
  if (document.hidden || form_keys.has(document.activeElement?.tagName) && element.contains(document.activeElement)) return true;
  const answer = await fetch(element.dataset.live, { headers: { "X-Live": "1" } }).catch(() => null);
  if (!answer) return true;
  if (answer.redirected || answer.status === 401 || answer.status === 403) return false;
  const html = await answer.text().catch(() => "");
  if (answer.ok && html && !pressing) swap(element, html);
  return !element.querySelector("[data-live-done]");
}

function swap(element, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = (element.id && page.getElementById(element.id)) || page.body;
  if (fresh.innerHTML.trim() === element.innerHTML.trim()) return;
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  element.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
}
