// What editing adds to links and forms: choices while a name is typed, how a number reads, the keys of open cells, and
// a word before typed text is left behind. Every form works without any of it.
(() => {
  const byId = (id) => document.getElementById(id);
  const later = new Map();
  const soon = (key, wait, act) => {
    clearTimeout(later.get(key));
    later.set(key, setTimeout(act, wait));
  };
  const ask = (address, target) => htmx.ajax("GET", address, { target, swap: "innerHTML" });

  // Choices under a field that names a record
  const listOf = (input) => byId(`${input.id}-choices`);
  const close = (input) => {
    clearTimeout(later.get(input.id));
    listOf(input)?.remove();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const offer = (input) => {
    let list = listOf(input);
    if (!list) {
      list = document.createElement("div");
      list.id = `${input.id}-choices`;
      list.className = "choices-box";
      input.after(list);
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", list.id);
    }
    input.setAttribute("aria-expanded", "true");
    ask(`${input.dataset.pick}?q=${encodeURIComponent(input.value)}`, `#${CSS.escape(list.id)}`);
  };
  const take = (input, option) => {
    input.value = option.dataset.value;
    close(input);
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const move = (input, step) => {
    const options = [...(listOf(input)?.querySelectorAll("[data-value]") ?? [])];
    if (!options.length) return;
    const at = options.findIndex((one) => one.ariaSelected === "true");
    const next = options[(at + step + options.length) % options.length];
    for (const one of options) one.ariaSelected = String(one === next);
    next.id = `${input.id}-choice`;
    for (const one of options) if (one !== next && one.id === next.id) one.removeAttribute("id");
    input.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };

  // How a text reads, said under its field
  const read = (input) => {
    const place = byId(`${input.id}-reads`);
    if (!place) return;
    const unit = input.form?.elements.unit?.value ?? "";
    ask(`${input.dataset.reads}?text=${encodeURIComponent(input.value)}&unit=${unit}`, `#${CSS.escape(place.id)}`);
  };

  document.addEventListener("input", (event) => {
    const input = event.target;
    if (input.dataset.pick) soon(input.id, 150, () => offer(input));
    if (input.dataset.reads) soon(input.id, 250, () => read(input));
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest(".choices-box [data-value]");
    if (option) take(option.closest(".choices-box").previousElementSibling, option);
  });
  document.addEventListener("focusout", (event) => {
    const input = event.target;
    if (input.dataset?.pick && !listOf(input)?.contains(event.relatedTarget)) soon(input.id, 200, () => close(input));
  });

  // Keys of an open cell
  const changed = (one) => {
    if (one.tagName === "SELECT") return ![...one.options].some((o) => o.defaultSelected && o.selected) && one.selectedIndex > 0;
    if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
    return one.matches("input, textarea") && one.type !== "hidden" && one.value !== one.defaultValue;
  };
  const dirty = (form) => [...form.elements].some(changed);
  const cells = () => [...document.querySelectorAll("[data-cell], .cell-in")].filter((one) => one.checkVisibility());
  let goOn = null; // the cell to open once a save has come back

  const neighbour = (here, step) => {
    const all = cells();
    return all[all.indexOf(here) + step];
  };
  const leave = (form) => form.querySelector("[data-leave]")?.click();

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (at.dataset?.pick && listOf(at)) {
      const active = listOf(at).querySelector("[aria-selected=true]");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(at, event.key === "ArrowDown" ? 1 : -1);
        return;
      }
      if (event.key === "Enter" && active) {
        event.preventDefault();
        take(at, active);
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        close(at);
        return;
      }
    }
    if (event.key === "F2" && at.matches?.("[data-cell]")) {
      event.preventDefault();
      at.click();
      return;
    }
    const form = at.form;
    if (!form?.classList.contains("panel")) return;
    if (event.key === "Escape") {
      event.preventDefault();
      leave(form);
    } else if (event.key === "Enter" && (at.tagName === "SELECT" || (at.tagName === "TEXTAREA" && (event.ctrlKey || event.metaKey)))) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Tab" && at.classList.contains("cell-in") && !event.ctrlKey && !event.altKey) {
      passOn(event, at, form);
    }
  });

  // Tab in a cell goes on to the next one, saving on the way; a figure that was changed is asked for its source first.
  const passOn = (event, at, form) => {
    const step = event.shiftKey ? -1 : 1;
    const next = neighbour(at, step);
    if (dirty(form) && form.elements.source && step > 0) return;
    if (!next) return;
    event.preventDefault();
    goOn = next.id;
    if (dirty(form)) form.requestSubmit();
    else leave(form);
  };

  document.addEventListener("htmx:after:swap", () => {
    const next = goOn && byId(goOn);
    goOn = null;
    if (next) next.click();
  });

  // One open editor on the page of a record: what was typed in it is not thrown away by opening another.
  document.addEventListener("htmx:before:request", (event) => {
    const source = event.detail.ctx?.sourceElement;
    if (!source?.matches?.("#record [data-cell]")) return;
    const open = [...document.querySelectorAll("#record form.panel")].find(dirty);
    if (!open) return;
    event.preventDefault();
    open.scrollIntoView({ block: "nearest" });
    [...open.elements].find(changed)?.focus();
  });

  let sending = false;
  document.addEventListener("submit", (event) => (sending = event.submitter?.value === "later" || !event.target.classList.contains("panel") || !event.target.hasAttribute("hx-post")));
  addEventListener("pageshow", () => (sending = false));
  addEventListener("beforeunload", (event) => {
    if (!sending && [...document.querySelectorAll("form.panel, form.whole")].some(dirty)) event.preventDefault();
  });

  // The choice of all rows
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-pick-all]")) return;
    for (const box of document.querySelectorAll("input.pick")) box.checked = event.target.checked;
  });
})();
