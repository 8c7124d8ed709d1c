"use strict";
{
  let index;
  const options = { fields: ["title", "body"], tokenize: (text) => text.split(" "), processTerm: (term) => term };
  bench.library({
    open() {
      index = MiniSearch.loadJSON(INDEX.all, options);
      INDEX.all = "";
    },
    find: (tokens) => index.search(tokens.join(" "), { combineWith: "AND", boost: { title: 6 } }).map((hit) => hit.id),
  });
}
