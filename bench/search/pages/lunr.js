"use strict";
{
  let index;
  bench.library({
    open() {
      index = lunr.Index.load(JSON.parse(INDEX.all));
      INDEX.all = "";
    },
    find: (tokens) =>
      index.query((query) => query.term(lunr.tokenizer(tokens), { presence: lunr.Query.presence.REQUIRED })).map((hit) => Number(hit.ref)),
  });
}
