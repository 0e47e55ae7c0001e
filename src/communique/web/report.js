"use strict";
// Draws the documents of the data block. Text goes in as text nodes only; nothing is parsed as markup.
(() => {
  const PER_PAGE = 10;
  const documents = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const fields = ["words", "category", "status", "by", "first", "second"].map((name) => at("f-" + name));
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
    const [words, category, status, by, first, second] = fields.map((field) => field.value);
    return { words: words.trim().toLowerCase(), category, status, by, parties: [first, second].filter(Boolean) };
  }

  const narrows = (want) => want.category || want.status || want.by || want.parties.length;

  function fits(event, want) {
    return (!want.category || event.category === want.category)
      && (!want.status || event.status === want.status)
      && (!want.by || event.claimants.includes(want.by))
      && want.parties.every((party) => event.parties.includes(party));
  }

  function chosen(want) {
    return documents.filter((doc) => (!want.words || wordsOf(doc).includes(want.words))
      && (!narrows(want) || doc.events.some((event) => fits(event, want))));
  }

  function markNode(text, evidence, ends, roles, doc) {
    if (!evidence.length && !roles.length) return text;
    const top = doc.events[evidence[0]];
    const made = node(top ? "mark" : "span", top ? `q${top.quad} s-${top.status}` : "", text);
    if (top) made.title = evidence.map((number) => `${number + 1}  ${doc.events[number].what}: ${doc.events[number].who} – ${doc.events[number].standing}`).join("\n");
    made.dataset.events = evidence.join(" ");
    made.dataset.parts = roles.map(([number, part]) => `${number}:${part}`).join(" ");
    if (!ends.length) return made;
    const both = document.createDocumentFragment();
    both.append(made, node("sup", "", ends.map((number) => `${number + 1}${doc.events[number].sign}`).join(",")));
    return both;
  }

  function saidNode(made, said, opens, closes, doc) {
    const depth = said.filter(([, part]) => part === "content").length;
    const parts = new Set(said.map(([, part]) => "said-" + part));
    const bounds = [["opens", opens], ["closes", closes]].flatMap(([name, which]) =>
      which.length > 1 ? [name, name + "-twice"] : which.length ? [name] : []);
    const whole = node("span", ["said", ...parts, ...(depth > 1 ? ["deep"] : []), ...bounds].join(" "), made);
    whole.dataset.said = said.map(([number, part]) => `${number}:${part}`).join(" ");
    const own = [...new Set([...said].reverse().map(([number]) => number))];
    whole.title = own.map((number) => `s${number + 1}  ${doc.statements[number].saying}`).join("\n");
    if (closes.length) whole.append(node("sub", "", closes.map((number) => `s${number + 1}`).join(",")));
    return whole;
  }

  function pieceNode(piece, doc, live) {
    const [text, evidence = [], ends = [], roles = [], said = [], opens = [], closes = []] = piece;
    const made = markNode(text, evidence.filter((number) => live.has(number)), ends.filter((number) => live.has(number)),
      roles.filter(([number]) => live.has(number)), doc);
    return said.length ? saidNode(made, said, opens, closes, doc) : made;
  }

  function blockNode(block, doc, live) {
    const made = node(block.kind === "headline" ? "h4" : "p", `block b-${block.kind}${block.repeats ? " repeats" : ""}`);
    if (block.language) made.lang = block.language;
    if (block.repeats) made.title = "repeats an earlier passage; coded once";
    made.append(...block.pieces.map((piece) => pieceNode(piece, doc, live)));
    return made;
  }

  function disputeNode([other, words]) {
    const link = node("button", "other", other);
    link.type = "button";
    link.dataset.other = other;
    return node("div", "dispute", "disputed by ", link, ": ", node("q", "", words));
  }

  function eventNode(event, number) {
    const item = node("li", `event q${event.quad}`,
      node("span", "number", String(number + 1)),
      node("div", "", node("b", "what", event.what), " ", node("span", `status s-${event.status}`, `${event.label} ${event.sign}`.trim()),
        node("div", "who", event.who), node("q", "", event.quote),
        ...(event.chain ? [node("div", "chain", "says who: ", event.chain)] : []),
        ...event.disputes.map(disputeNode), node("div", "quiet", event.footing)));
    item.dataset.key = "e" + number;
    item.tabIndex = 0;
    return item;
  }

  function statementNode(statement, number) {
    const item = node("li", "statement", node("span", "number", `s${number + 1}`),
      node("div", "", node("div", "who", statement.saying), node("div", "words", statement.words), node("div", "quiet", statement.manner)));
    item.dataset.key = "s" + number;
    item.tabIndex = 0;
    return item;
  }

  function statementsNode(doc) {
    const count = doc.statements.length;
    if (!count) return node("p", "quiet", "Nobody is quoted here.");
    return node("details", "", node("summary", "", `${count} statement${count === 1 ? "" : "s"}: who says what`),
      node("ol", "", ...doc.statements.map(statementNode)));
  }

  const listed = (article, key) => article.querySelector(`li[data-key="${key}"]`);
  const pointed = (made, number) => made.split(" ").filter((part) => part.split(":")[0] === number).map((part) => part.split(":")[1]);

  function lightEvent(article, number, on) {
    for (const made of article.querySelectorAll("[data-events]")) {
      const parts = pointed(made.dataset.parts, number);
      made.classList.toggle("lit", on && made.dataset.events.split(" ").includes(number));
      for (const part of ["actor", "recipient", "claimant", "cue", "dispute"]) {
        made.classList.toggle("is-" + part, on && parts.includes(part));
      }
    }
  }

  function lightStatement(article, number, on) {
    for (const made of article.querySelectorAll("[data-said]")) {
      made.classList.toggle("heard", on && pointed(made.dataset.said, number).length > 0);
    }
  }

  function lightUp(article, key, on) {
    (key[0] === "e" ? lightEvent : lightStatement)(article, key.slice(1), on);
    listed(article, key)?.classList.toggle("lit", on);
  }

  // The record that a place on the page stands for: the event of its evidence, else the innermost statement.
  function keyOf(target) {
    const made = target.closest("li[data-key], mark, [data-said]");
    if (!made) return null;
    if (made.dataset.key) return made.dataset.key;
    if (made.dataset.events) return "e" + made.dataset.events.split(" ")[0];
    return made.dataset.said ? "s" + made.dataset.said.split(" ").at(-1).split(":")[0] : null;
  }

  function placeOf(article, key) {
    const number = key.slice(1);
    const found = key[0] === "e"
      ? [...article.querySelectorAll("mark")].find((made) => made.dataset.events.split(" ").includes(number))
      : [...article.querySelectorAll("[data-said]")].find((made) => pointed(made.dataset.said, number).length);
    return found;
  }

  function goTo(item) {
    if (!item) return;
    const folded = item.closest("details");
    if (folded) folded.open = true;
    item.scrollIntoView({ block: "nearest", behavior: "smooth" });
    if (item.tabIndex === 0) item.focus({ preventScroll: true });
  }

  function listen(article) {
    const light = (on) => (happening) => {
      const key = keyOf(happening.target);
      if (key) lightUp(article, key, on);
    };
    for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
      article.addEventListener(name, light(on));
    }
    article.addEventListener("click", (happening) => {
      const other = happening.target.closest("[data-other]")?.dataset.other;
      if (other) {
        goTo(listed(article, other[0] === "s" ? `s${other.slice(1) - 1}` : `e${other - 1}`));
        return;
      }
      const key = keyOf(happening.target);
      if (!key) return;
      if (happening.target.closest("li[data-key]")) placeOf(article, key)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
      else goTo(listed(article, key));
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
    const article = node("article", "", title, facts, node("div", "columns", text, node("aside", "", list, statementsNode(doc))));
    article.id = doc.id;
    listen(article);
    return article;
  }

  function draw() {
    const want = wanted();
    document.body.classList.toggle("bare", !at("f-said").checked);
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
