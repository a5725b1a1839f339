"use strict";
(() => {
  // A row: id, text, then places in `texts`: directive, lead, its code, then the last day of the deadline, and places
  // again: the deadline and the state in words, the group; at last the log: pairs of a day's place and words.
  const ID = 0, TEXT = 1, DIRECTIVE = 2, LEAD = 3, CODE = 4, DAY = 5, DEADLINE = 6, STATE = 7, GROUP = 8, LOG = 9, A_PAGE = 100, MOST_PRINTED = 2000;
  const { rows, texts, directives, words } = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const fill = (sentence, n, all) => sentence.replace("{n}", n).replace("{all}", all);
  const month = (row) => row[DAY].slice(0, 7);
  const table = $("all"), body = table.tBodies[0];
  const filters = { unit: (row) => texts[row[CODE]], state: (row) => texts[row[GROUP]], directive: (row) => texts[row[DIRECTIVE]], month };
  const labels = { unit: (row) => texts[row[LEAD]], directive: (row) => `${texts[row[DIRECTIVE]]} ${directives[texts[row[DIRECTIVE]]]}` };
  const sorts = [(row) => row[ID], (row) => row[TEXT], (row) => texts[row[LEAD]], (row) => row[DAY] || "9", (row) => texts[row[STATE]]];
  const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  let found = rows, at = 0, sorted = null, turned = false, named = "";
  let keys = null;

  function make(tag, text, name) {
    const one = document.createElement(tag);
    if (text !== undefined) one.textContent = text;
    if (name) one.className = name;
    return one;
  }

  function options(id) {
    const seen = new Map();
    for (const row of rows) {
      const value = filters[id](row);
      if (value && !seen.has(value)) seen.set(value, labels[id] ? labels[id](row) : value);
    }
    const pairs = [...seen].sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang));
    $(id).append(new Option(words.all, ""), ...pairs.map(([value, text]) => new Option(text, value)));
  }

  function select() {
    const asked = fold($("q").value).split(/\s+/).filter(Boolean);
    if (asked.length && !keys) keys = rows.map((row) => fold(`${row[ID]} ${row[TEXT]} ${texts[row[LEAD]]} ${texts[row[CODE]]} ${texts[row[DIRECTIVE]]} ${directives[texts[row[DIRECTIVE]]]}`));
    const chosen = Object.keys(filters).filter((id) => $(id).value);
    found = rows.filter((row, place) => chosen.every((id) => filters[id](row) === $(id).value) && asked.every((word) => keys[place].includes(word)));
    if (sorted !== null) {
      const key = sorts[sorted], compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
      found = found.map((row) => [key(row), row]).sort((a, b) => compare(a[0], b[0])).map((pair) => pair[1]);
      if (turned) found.reverse();
    }
    at = 0;
    draw();
  }

  function log(row) {
    const all = make("details"), list = make("ul");
    all.append(make("summary", `${words.log} (${row[LOG].length})`), list);
    for (const [day, said] of row[LOG]) list.append(make("li", `${texts[day]}: ${said}`));
    return all;
  }

  function draw(shown = found.slice(at * A_PAGE, (at + 1) * A_PAGE)) {
    const last = Math.max(1, Math.ceil(found.length / A_PAGE));
    body.replaceChildren(...shown.map((row) => {
      const line = make("tr"), text = make("td", row[TEXT]);
      line.id = row[ID];
      if (row[ID] === named) line.className = "named";
      if (row[LOG].length) text.append(log(row));
      line.append(make("td", row[ID], "id"), text, make("td", texts[row[LEAD]]), make("td", texts[row[DEADLINE]], "day"), make("td", texts[row[STATE]]));
      [...line.cells].forEach((cell, place) => { if (place > 1) cell.dataset.head = titles[place]; });
      return line;
    }));
    $("found").textContent = found.length ? fill(words.found, found.length, rows.length) : words.nothing;
    $("pages").hidden = last === 1;
    $("page").textContent = fill(words.page, at + 1, last);
    $("before").disabled = at === 0;
    $("after").disabled = at + 1 >= last;
  }

  function turn(by) {
    at += by;
    draw();
    $("tasks").focus();
  }

  function heads() {
    [...table.tHead.rows[0].cells].forEach((cell, place) => {
      const button = make("button", titles[place], "screen");
      button.type = "button";
      cell.replaceChildren(button, make("span", titles[place], "paper"));  // buttons are not repeated on paper
      button.addEventListener("click", () => {
        turned = sorted === place && !turned;
        sorted = place;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", turned ? "descending" : "ascending");
        select();
      });
    });
  }

  function go() {
    const hash = decodeURIComponent(location.hash.slice(1)), [name, value] = hash.split("=");
    if (name in filters && value !== undefined) {
      $(name).value = value;
      select();
      $("tasks").scrollIntoView();
      return;
    }
    const row = rows.find((one) => one[ID] === hash);
    if (!row) return;
    if (!found.includes(row)) { for (const id of Object.keys(filters)) $(id).value = ""; $("q").value = ""; select(); }
    named = hash;
    at = Math.floor(found.indexOf(row) / A_PAGE);
    draw();
    const line = $(hash), entries = line.querySelector("details");
    if (entries) entries.open = true;
    line.scrollIntoView({ block: "center" });
  }

  function save() {
    const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
    const lines = found.map((row) => [row[ID], row[TEXT], texts[row[LEAD]], row[DAY] || texts[row[DEADLINE]], texts[row[STATE]]]);
    const link = make("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + [titles, ...lines].map((line) => line.map(cell).join(",") + "\r\n").join("")], { type: "text/csv" }));
    link.download = words.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async function watch(place) {
    let known = null;
    for (;;) {
      try {
        const now = await (await fetch(place, { cache: "no-store" })).text();
        if (known !== null && now !== known) location.reload();
        known = now;
      } catch { /* the server is gone; the page stays */ }
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }

  for (const id of Object.keys(filters)) { options(id); $(id).addEventListener("change", select); }
  let waiting = 0;
  $("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(select, 120); });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("before").textContent = words.before;
  $("after").textContent = words.after;
  $("before").addEventListener("click", () => turn(-1));
  $("after").addEventListener("click", () => turn(1));
  $("csv").addEventListener("click", save);
  $("filters").hidden = false;
  heads();
  draw();
  addEventListener("hashchange", go);
  addEventListener("beforeprint", () => draw(found.slice(0, MOST_PRINTED)));
  addEventListener("afterprint", () => draw());
  if (location.hash) go();
  if (document.body.dataset.live) watch(document.body.dataset.live);
})();
