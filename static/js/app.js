// The few things that links, forms and htmx attributes cannot say. All of it listens on the document, because htmx
// exchanges what is below. The page works without any of it.
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // Memory of choices; a browser may forbid it.
  const recall = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // the choice lasts for this page
    }
  };

  const say = (text) => {
    const live = byId("live");
    live.textContent = "";
    setTimeout(() => (live.textContent = text), 50); // the same words twice are said twice
  };

  // Nothing that arrives with a page is ever run as code, whatever attribute it stands in.
  const refuse = function () {
    throw new Error("Code in attributes is switched off.");
  };
  htmx.registerExtension("no-code", { init: (api) => api.initSecurity(null, refuse, refuse) });

  // Colours and keys, chosen in the footer
  const showChoices = () => {
    const scheme = root.dataset.scheme ?? "";
    for (const button of document.querySelectorAll("[data-scheme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.schemeChoice === scheme));
    }
    for (const box of document.querySelectorAll("[data-slash-choice]")) box.checked = recall("slash") !== "off";
  };

  const choose = (scheme) => {
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    keep("scheme", scheme);
    showChoices();
  };

  const copy = async (button) => {
    const target = byId(button.dataset.copy);
    if (!target) return;
    const told = (target.value ?? target.textContent).trim();
    const text = target.tagName === "PRE" ? told : told.replace(/\s+/g, " ");
    try {
      await navigator.clipboard.writeText(text);
      button.querySelector("span").textContent = button.dataset.copied;
      say(button.dataset.copied);
    } catch {
      getSelection().selectAllChildren(target);
      say(button.dataset.failed);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-scheme-choice], [data-copy], [data-dismiss]");
    if (!button) return;
    if (button.dataset.copy) copy(button);
    else if ("dismiss" in button.dataset) button.closest(".toast").remove();
    else choose(button.dataset.schemeChoice);
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-slash-choice]")) keep("slash", event.target.checked ? "" : "off");
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || recall("slash") === "off") return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const search = [...document.querySelectorAll("input[type=search]")].find((one) => one.checkVisibility());
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // htmx 4 shows every answer. A failure in place of a table helps nobody: it becomes a toast, and the page stays.
  const failed = () => {
    const toast = byId("toast-failed");
    if (toast) byId("toasts").replaceChildren(toast.content.cloneNode(true));
  };
  let opened = [];
  let focused = "";
  document.addEventListener("htmx:before:swap", (event) => {
    const response = event.detail.ctx?.response;
    const status = response?.status ?? 200;
    // 401 and 403 bring a form of their own to where toasts stand: what was typed stays where it is.
    const asks = (status === 401 || status === 403) && response.headers?.get("HX-Retarget");
    if (status >= 400 && status !== 409 && status !== 422 && !asks) {
      event.preventDefault();
      failed();
    }
    opened = [...document.querySelectorAll("details[open][id]")].map((one) => one.id);
    focused = document.activeElement?.id ?? "";
  });
  document.addEventListener("htmx:error", failed);

  // What the reader had opened stays open, and the keys stay where they were; the summary sentence is a live region
  // and speaks for itself.
  document.addEventListener("htmx:after:swap", () => {
    for (const id of opened) byId(id)?.setAttribute("open", "");
    if (focused && document.activeElement === document.body) byId(focused)?.focus({ preventScroll: true });
    showChoices();
  });

  // Once the page is there, and again when the browser shows it from its memory.
  addEventListener("pageshow", showChoices);
})();
