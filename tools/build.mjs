// Builds what the pages load: styles, scripts, fonts, icons and the outline of Europe.
// Everything comes from node_modules and src/biosint/shared/assets, and goes to src/biosint/static_built/bundled.

import { build } from "esbuild";
import { geoConicConformal, geoPath } from "d3-geo";
import { createRequire } from "node:module";
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";
import { feature } from "topojson-client";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const shared = path.join(root, "src/biosint/shared");
const assets = path.join(shared, "assets");
const built = path.join(root, "src/biosint/static_built/bundled");
// Written beside the old files and put in their place at the end, so that a failed build leaves those.
const target = `${built}.new`;
const require = createRequire(import.meta.url);

// --- fonts -----------------------------------------------------------------------------------------------
// A page loads only the files whose letters it shows. The first holds English and Albanian; the second, small,
// what names of Serbia, Bosnia, Montenegro, Croatia and Romania add; then all other Latin letters, and Cyrillic
// with its Serbian forms.

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");

const NEAR = "ČčĆćĐđŠšŽžĂăȘșȚț";
// Signs and letters of the west that pages here hardly ever show.
const RARE = "¡¢£¤¥¦¨ª¬¯²³´¶¸¹º¼½¾¿ÅÆÐÑÒÕØÙÝÞåæðñòõøùýþÿ";
const LETTERS = {
  latin: [...range(0x20, 0x7e) + range(0xa0, 0xff) + "–—‘’“”„•…‹›€™−→←↑↓\u202f\u2009"].filter((letter) => !RARE.includes(letter)).join(""),
  "latin-rare": RARE,
  "latin-near": NEAR,
  "latin-ext": [...range(0x100, 0x17f) + "ǄǅǆǇǈǉǊǋǌẞ"].filter((letter) => !NEAR.includes(letter)).join(""),
  // Serbian first, so that one title in Cyrillic does not fetch the letters of all its neighbours.
  cyrillic: "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШабвгдђежзијклљмнњопрстћуфхцчџш",
  "cyrillic-rest": "ЀЁЃЄЅІЇЌЍЎЙЩЪЫЬЭЮЯйщъыьэюяѐёѓєѕіїќѝўҐґ№",
  // The letters of statistics.
  greek: "αβγδεηθκλμπρστφχωΔΣΩ",
};
// Where a set of letters comes from, when it is part of a larger file.
const SOURCE = { "latin-rare": "latin", "latin-near": "latin-ext", "cyrillic-rest": "cyrillic" };
const FONT = "@fontsource-variable/source-sans-3/files/source-sans-3";

function unicodeRange(letters) {
  const codes = [...new Set([...letters].map((letter) => letter.codePointAt(0)))].sort((a, b) => a - b);
  const runs = [];
  for (const code of codes) {
    const run = runs.at(-1);
    if (run && run[1] === code - 1) run[1] = code;
    else runs.push([code, code]);
  }
  const hex = (code) => code.toString(16).toUpperCase();
  return runs.map(([first, last]) => (first === last ? `U+${hex(first)}` : `U+${hex(first)}-${hex(last)}`)).join(",");
}

async function buildFonts() {
  await mkdir(path.join(target, "fonts"), { recursive: true });
  const faces = [];
  for (const [name, letters] of Object.entries(LETTERS)) {
    for (const slant of ["normal", "italic"]) {
      const whole = await readFile(require.resolve(`${FONT}-${SOURCE[name] ?? name}-wght-${slant}.woff2`));
      const small = await subsetFont(whole, letters, {
        targetFormat: "woff2",
        variationAxes: { wght: { min: 400, max: 700 } },
      });
      const file = `fonts/${name}${slant === "italic" ? "-italic" : ""}.woff2`;
      await writeFile(path.join(target, file), small);
      faces.push(
        `@font-face{font-family:"Source Sans";font-style:${slant};font-weight:400 700;font-display:swap;` +
          `src:url("./${file}") format("woff2");unicode-range:${unicodeRange(letters)}}`,
      );
    }
  }
  return faces.join("\n");
}

// Documents are typeset with whole fonts: a name in a report may hold any letter.
async function copyDocumentFonts() {
  const folder = path.join(root, "src/biosint/static_built/fonts");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const cut of ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic"]) {
    const file = `SourceSans3_${cut}.ttf`;
    await copyFile(require.resolve(`@expo-google-fonts/source-sans-3/${cut}/${file}`), path.join(folder, file));
  }
}

// --- styles and scripts ----------------------------------------------------------------------------------

// The dark scheme is written once and used twice: where the device asks for it, and where a person chose it.
// Paper is always light.
async function darkScheme() {
  const dark = await readFile(path.join(assets, "css/dark.css"), "utf8");
  const asked = dark.replace(":root", ":root:not([data-theme=light])");
  const chosen = dark.replace(":root", ":root[data-theme=dark]");
  return `@layer tokens{@media screen{@media (prefers-color-scheme: dark){${asked}}${chosen}}}`;
}

async function bundle(faces) {
  const common = { bundle: true, minify: true, outdir: target, legalComments: "none", logLevel: "warning" };
  await build({
    ...common,
    stdin: { contents: `@import "./app.css";\n${await darkScheme()}\n${faces}`, resolveDir: path.join(assets, "css"), loader: "css" },
    entryNames: "app",
    external: ["./fonts/*"],
    target: ["chrome111", "firefox113", "safari16.4"],
  });
  await build({
    ...common,
    entryPoints: [path.join(assets, "js/app.js")],
    format: "esm",
    target: ["es2022"],
  });
  // Yjs is as large as all the rest together, so pages without a common text never load it.
  await build({
    ...common,
    entryPoints: [path.join(root, "src/biosint/pads/assets/pad.js")],
    format: "esm",
    target: ["es2022"],
  });
  // Pages that take files alone load the client of resumable uploads.
  await build({
    ...common,
    entryPoints: [path.join(root, "src/biosint/files/assets/resumable.js")],
    format: "esm",
    platform: "browser",
    target: ["es2022"],
    nodePaths: [path.join(root, "node_modules")],
  });
}

// --- players of foreign packages --------------------------------------------------------------------------
// They run on the packages' own origin, in a page of their own (docs/adr/0031), each with its licence beside it.

async function buildPlayers() {
  const players = path.join(target, "players");
  const sources = path.join(root, "src/biosint/packages/player");
  await build({
    bundle: true,
    minify: true,
    outdir: players,
    entryPoints: ["h5p", "scorm12", "scorm2004"].map((name) => path.join(sources, `${name}.js`)),
    nodePaths: [path.join(root, "node_modules")],
    format: "esm",
    target: ["es2022"],
    legalComments: "none",
    logLevel: "warning",
  });
  const h5p = path.dirname(require.resolve("h5p-standalone/package.json"));
  await cp(path.join(h5p, "dist"), path.join(players, "h5p"), { recursive: true, filter: (file) => !file.endsWith(".d.ts") });
  await mkdir(path.join(players, "licences"), { recursive: true });
  await copyFile(path.join(h5p, "LICENSE"), path.join(players, "licences/h5p-standalone.txt"));
  const scorm = path.join(root, "node_modules/scorm-again/LICENSE");
  await copyFile(scorm, path.join(players, "licences/scorm-again.txt"));
  await cp(path.join(sources, "licences"), path.join(players, "licences"), { recursive: true });
}

// --- icons -----------------------------------------------------------------------------------------------

async function buildIcons() {
  const wanted = (await readFile(path.join(shared, "icons.txt"), "utf8"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const shapes = {};
  for (const name of wanted) {
    const svg = await readFile(require.resolve(`lucide-static/icons/${name}.svg`), "utf8");
    const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    shapes[name] = inner.replace(/\s*\n\s*/g, "").replaceAll(" />", "/>");
  }
  await writeFile(path.join(target, "icons.json"), JSON.stringify(shapes));
}

// --- the outline of Europe -------------------------------------------------------------------------------
// Land without borders. Python places points with the same projection (biosint.shared.map).

const MAP = { width: 720, height: 620, longitude: 15, latitude: 51, parallels: [38, 62], scale: 1020 };

async function buildMap() {
  const land = JSON.parse(await readFile(require.resolve("world-atlas/land-50m.json"), "utf8"));
  const projection = geoConicConformal()
    .rotate([-MAP.longitude, 0])
    .center([0, MAP.latitude])
    .parallels(MAP.parallels)
    .scale(MAP.scale)
    .translate([MAP.width / 2, MAP.height / 2])
    .clipExtent([[-4, -4], [MAP.width + 4, MAP.height + 4]]);
  const drawn = geoPath(projection).digits(0)(feature(land, land.objects.land));
  const outline = drawn
    .split("M")
    .filter(Boolean)
    .map(thinned)
    .filter(Boolean)
    .join("");
  await writeFile(path.join(target, "europe.json"), JSON.stringify({ ...MAP, outline }));
}

// One ring without points nearer than two units to the last one kept; islands too small to see are left out.
function thinned(ring) {
  const points = ring
    .replace("Z", "")
    .split("L")
    .map((pair) => pair.split(",").map(Number));
  const kept = [points[0]];
  for (const point of points) {
    const [x, y] = kept.at(-1);
    if (Math.abs(point[0] - x) + Math.abs(point[1] - y) > 2) kept.push(point);
  }
  return kept.length > 4 ? `M${kept.map(([x, y]) => `${x} ${y}`).join("L")}Z` : "";
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const faces = await buildFonts();
await copyFile(path.join(assets, "icon.svg"), path.join(target, "icon.svg"));
await Promise.all([bundle(faces), buildPlayers(), copyDocumentFonts(), buildIcons(), buildMap()]);
await rm(built, { recursive: true, force: true });
await rename(target, built);
