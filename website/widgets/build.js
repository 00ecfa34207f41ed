// Bundles the widgets' front end into the site's _static/, with the licences of all that is in it.
// `npm ci && npm run build`; the result is kept in the repository, so that the site needs no npm.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const STATIC = "../sphinx/_static";
const SOURCES = ["BSD-3-Clause.txt", "build.js", "define.js", "escape.js", "manager.js", "package-lock.json", "package.json"];
const BUILT = ["widgets.css", "widgets.js", "widgets.licences.txt"].map((name) => `${STATIC}/${name}`);

const { metafile } = await build({
  entryPoints: { widgets: "manager.js" },
  outdir: STATIC,
  bundle: true,
  minify: true,
  format: "iife",
  legalComments: "none", // they are in the file of licences, with those of all others
  alias: { "sanitize-html": "./escape.js" },
  metafile: true,
});

// The folder of each package that gave at least one file, as in `node_modules/@lumino/widgets`.
const folders = new Set(
  Object.keys(metafile.inputs).map((file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean),
);
// Project Jupyter's packages come without the text of their licence, which is one and the same.
const notices = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json")));
  const own = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!own && license !== "BSD-3-Clause") throw new Error(`${name} has no licence file.`);
  const text = readFileSync(own ? join(folder, own) : "BSD-3-Clause.txt", "utf8");
  return `${name} ${version}: ${license}\n\n${text.replace(/\r\n/g, "\n").trim()}\n`;
});
const head = "The site's widgets.js and widgets.css hold these packages, each under its own licence.\n";
writeFileSync(`${STATIC}/widgets.licences.txt`, [head, ...notices].join(`\n${"-".repeat(80)}\n\n`));

const sum = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
writeFileSync("checksums.txt", [...SOURCES, ...BUILT].map((file) => `${sum(file)}  ${file}\n`).join(""));
