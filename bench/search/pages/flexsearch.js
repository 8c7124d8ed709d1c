"use strict";
{
  const index = new FlexSearch.Index({ tokenize: "strict", encode: (text) => text.split(" ") });
  bench.library({
    async open() {
      for (const [key, data] of Object.entries(INDEX)) {
        await index.import(key, data);
        INDEX[key] = "";
      }
    },
    find: (tokens) => index.search(tokens.join(" "), { limit: 1e6 }),
  });
}
