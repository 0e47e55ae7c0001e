"use strict";
// Draws the documents of the data block. Text goes in as text nodes only; nothing is parsed as markup.
(() => {
  const PER_PAGE = 10;
  const documents = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const fields = ["words", "category", "status", "first", "second"].map((name) => at("f-" + name));
  const searchable = new Map();
  let page = 0;

  function node(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function wordsOf(doc) {
    if (!searchable.has(doc)) {
      const text = doc.blocks.flatMap((block) => block.pieces.map((piece) => piece[0])).join("");
      searchable.set(doc, [doc.title, ...doc.facts, text].join("\n").toLowerCase());
    }
    return searchable.get(doc);
  }

  function wanted() {
    const [words, category, status, first, second] = fields.map((field) => field.value);
    return { words: words.trim().toLowerCase(), category, status, parties: [first, second].filter(Boolean) };
  }

  const narrows = (want) => want.category || want.status || want.parties.length;

  function fits(event, want) {
    return (!want.category || event.category === want.category)
      && (!want.status || event.status === want.status)
      && want.parties.every((party) => event.parties.includes(party));
  }

  function chosen(want) {
    return documents.filter((doc) => (!want.words || wordsOf(doc).includes(want.words))
      && (!narrows(want) || doc.events.some((event) => fits(event, want))));
  }

  function pieceNode(piece, doc, live) {
    const [text, evidence = [], ends = [], roles = []] = piece;
    const shown = evidence.filter((number) => live.has(number));
    const parts = roles.filter(([number]) => live.has(number));
    if (!shown.length && !parts.length) return document.createTextNode(text);
    const top = doc.events[shown[0]];
    const made = node(top ? "mark" : "span", top ? `q${top.quad} s-${top.status}` : "", text);
    if (top) made.title = shown.map((number) => `${number + 1}  ${doc.events[number].what}: ${doc.events[number].who} – ${doc.events[number].standing}`).join("\n");
    made.dataset.events = shown.join(" ");
    made.dataset.parts = parts.map(([number, part]) => `${number}:${part}`).join(" ");
    const closing = ends.filter((number) => live.has(number));
    if (!closing.length) return made;
    const both = document.createDocumentFragment();
    both.append(made, node("sup", "", closing.map((number) => number + 1).join(",")));
    return both;
  }

  function blockNode(block, doc, live) {
    const made = node(block.kind === "headline" ? "h4" : "p", `block b-${block.kind}${block.repeats ? " repeats" : ""}`);
    if (block.language) made.lang = block.language;
    if (block.repeats) made.title = "repeats an earlier passage; coded once";
    made.append(...block.pieces.map((piece) => pieceNode(piece, doc, live)));
    return made;
  }

  function eventNode(event, number) {
    const item = node("li", `event q${event.quad}`,
      node("span", "number", String(number + 1)),
      node("div", "", node("b", "what", event.what), " ", node("span", `sample s-${event.status}`, event.standing),
        node("div", "who", event.who), node("q", "", event.quote), node("div", "quiet", event.footing)));
    item.dataset.number = number;
    item.tabIndex = 0;
    return item;
  }

  function lightUp(article, number, on) {
    for (const made of article.querySelectorAll("[data-events]")) {
      const own = made.dataset.events.split(" ").includes(number);
      made.classList.toggle("lit", on && own);
      for (const part of ["actor", "recipient", "claimant", "cue"]) {
        made.classList.toggle("is-" + part, on && made.dataset.parts.split(" ").includes(`${number}:${part}`));
      }
    }
    const item = article.querySelector(`li[data-number="${number}"]`);
    if (item) item.classList.toggle("lit", on);
  }

  function listen(article) {
    const numberOf = (target) => {
      const made = target.closest("li[data-number], mark");
      return made && (made.dataset.number ?? made.dataset.events.split(" ")[0]);
    };
    const light = (on) => (happening) => {
      const number = numberOf(happening.target);
      if (number) lightUp(article, number, on);
    };
    for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
      article.addEventListener(name, light(on));
    }
    article.addEventListener("click", (happening) => {
      const number = numberOf(happening.target);
      if (!number) return;
      const inList = happening.target.closest("li[data-number]");
      const goal = inList
        ? [...article.querySelectorAll("mark")].find((made) => made.dataset.events.split(" ").includes(number))
        : article.querySelector(`li[data-number="${number}"]`);
      if (goal) goal.scrollIntoView({ block: "nearest", behavior: "smooth" });
    });
  }

  function articleNode(doc, want) {
    const live = new Set([...doc.events.keys()].filter((number) => !narrows(want) || fits(doc.events[number], want)));
    const title = node("h3", "", doc.title);
    const facts = node("p", "quiet", doc.facts.join(" · "));
    if (doc.url) {
      const link = node("a", "", "source");
      link.href = doc.url;
      link.rel = "noopener noreferrer";
      facts.append(" · ", link);
    }
    const text = node("div", "text", ...doc.blocks.map((block) => blockNode(block, doc, live)));
    if (doc.cut) text.append(node("p", "notice", "The rest of this long text is left out of the page."));
    if (doc.copy) facts.append(` · repeats ${doc.copy}`);
    const items = [...live].map((number) => eventNode(doc.events[number], number));
    const list = items.length ? node("ol", "", ...items) : node("p", "quiet", "No event was read here.");
    const article = node("article", "", title, facts, node("div", "columns", text, node("aside", "", list)));
    article.id = doc.id;
    listen(article);
    return article;
  }

  function draw() {
    const want = wanted();
    const found = chosen(want);
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    const here = found.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
    at("documents").replaceChildren(...here.map((doc) => articleNode(doc, want)));
    const events = found.reduce((sum, doc) => sum + doc.events.filter((event) => !narrows(want) || fits(event, want)).length, 0);
    at("found").textContent = `${found.length} of ${documents.length} documents, ${events} events`;
    at("page").textContent = `${page + 1} / ${pages}`;
    at("pager").hidden = pages === 1;
    at("back").disabled = page === 0;
    at("on").disabled = page === pages - 1;
  }

  function turn(by) {
    page += by;
    draw();
    at("read").scrollIntoView();
  }

  function pick(first, second) {
    at("f-first").value = first;
    at("f-second").value = second;
    turn(-page);
  }

  at("filters").addEventListener("input", () => { page = 0; draw(); });
  at("filters").addEventListener("submit", (happening) => happening.preventDefault());
  at("filters").addEventListener("reset", () => setTimeout(() => turn(-page)));
  at("back").addEventListener("click", () => turn(-1));
  at("on").addEventListener("click", () => turn(1));
  for (const button of document.querySelectorAll(".pick")) {
    button.addEventListener("click", () => pick(button.dataset.first, button.dataset.second));
  }
  at("more-pairs")?.addEventListener("click", (happening) => {
    for (const row of document.querySelectorAll("#pair-rows .more")) row.hidden = false;
    happening.target.hidden = true;
  });
  draw();
})();
