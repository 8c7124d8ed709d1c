// node build.js LIBRARY TOKENS FOLDER MODULES: the index of minisearch, flexsearch or lunr over FOLDER's cases.
// TOKENS is "words" (rjieba's, from words.jsonl) or "bigrams" (from docs.jsonl). Writes FOLDER/LIBRARY-TOKENS/.
// The index is a classic script that holds the library's own export as strings: nothing else loads from file://.
"use strict";
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const { bigrams } = require("./tokens.js");

const [library, tokens, folder, modules] = process.argv.slice(2);
const need = (name) => require(require.resolve(name, { paths: [path.dirname(modules)] }));
const split = (text) => (text ? text.split(" ") : []);

const makers = {
  minisearch() {
    const MiniSearch = need("minisearch");
    const index = new MiniSearch({ fields: ["title", "body"], tokenize: split, processTerm: (term) => term });
    return { add: (id, title, body) => index.add({ id, title, body }), parts: async () => ({ all: JSON.stringify(index) }) };
  },
  flexsearch() {
    const { Index } = need("flexsearch");
    const index = new Index({ tokenize: "strict", encode: split });
    const parts = async () => {
      const out = {};
      await index.export((key, data) => { if (data !== undefined) out[key] = data; });
      return out;
    };
    return { add: (id, title, body) => index.add(id, `${title} ${body}`), parts };
  },
  lunr() {
    const lunr = need("lunr");
    const builder = new lunr.Builder();
    builder.ref("id");
    builder.field("title", { boost: 6 });
    builder.field("body");
    // An array is taken as tokens; the pipelines are empty: trimmer and stemmer would eat Chinese.
    return {
      add: (id, title, body) => builder.add({ id, title: split(title), body: split(body) }),
      parts: async () => ({ all: JSON.stringify(builder.build()) }),
    };
  },
};

async function main() {
  const out = path.join(folder, `${library}-${tokens}`);
  fs.mkdirSync(out, { recursive: true });
  const index = makers[library]();
  const lines = (name) => readline.createInterface({ input: fs.createReadStream(path.join(folder, name)) });
  const titles = [];
  const words = tokens === "words" ? lines("words.jsonl")[Symbol.asyncIterator]() : null;
  for await (const line of lines("docs.jsonl")) {
    const row = JSON.parse(line);
    const [title, body] = words ? JSON.parse((await words.next()).value) : [bigrams(row.title).join(" "), bigrams(row.body).join(" ")];
    index.add(titles.length, title, body);
    titles.push([row.title, row.url]);
  }
  const file = fs.openSync(path.join(out, "index.js"), "w");
  fs.writeSync(file, "const INDEX={");
  for (const [key, text] of Object.entries(await index.parts())) {
    fs.writeSync(file, `'${key}':'`);
    for (let n = 0; n < text.length; n += 1 << 24) fs.writeSync(file, text.slice(n, n + (1 << 24)).replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n"));
    fs.writeSync(file, "',");
  }
  fs.writeSync(file, "};\n");
  fs.closeSync(file);
  fs.writeFileSync(path.join(out, "titles.js"), `const TITLES=${JSON.stringify(titles)};\n`);
}

main().catch((error) => { console.error(error); process.exit(1); });
