// Plays H5P: hands over the state that was left, listens to statements, keeps the state anew.

import { broken, line, offerLinks, settings, tellHeight } from "./page.js";

const ITEM = "content"; // the server's word for the one part of an H5P package
const ID = "biosint";
const EVERY = 4000; // ms between looks at the state: contents do not say when it changes

const verbOf = (statement) => statement.verb?.id?.replace(/\/+$/, "").split("/").pop() ?? "";
const isWhole = (statement) => [statement.context?.contextActivities?.parent ?? []].flat().length === 0;

// What a statement about the whole content says of the result; undefined where it says nothing.
function resultOf(statement) {
  const verb = verbOf(statement);
  const { result } = statement;
  if (!isWhole(statement) || (!result && verb !== "completed")) return undefined;
  const ends = ["completed", "passed", "failed"].includes(verb) || (verb === "answered" && result?.completion !== false);
  if (!ends && !result?.completion) return undefined;
  return { ...result, completion: true };
}

async function play() {
  const opened = await line.open();
  const before = opened.items[ITEM]?.state ?? {};
  let { result } = before;
  let userData = before.data ?? {};

  const contentOf = () => window.H5PIntegration?.contents?.[`cid-${ID}`];
  const inner = () => document.querySelector("iframe.h5p-iframe")?.contentWindow;

  function keep() {
    const instance = inner()?.H5P?.instances?.[0];
    userData = { ...userData, ...contentOf()?.contentUserData };
    const state = instance?.getCurrentState?.();
    if (state !== undefined) userData = { ...userData, 0: { ...userData[0], state: JSON.stringify(state) } };
    line.put(ITEM, { data: userData, ...(result && { result }) });
  }

  await new window.H5PStandalone.H5P(document.getElementById("stage"), {
    id: ID,
    h5pJsonPath: location.origin + settings.files.replace(/\/$/, ""),
    frameJs: location.origin + settings.h5pFrame,
    frameCss: location.origin + settings.h5pStyle,
    frame: true,
    copyright: true,
    icon: false,
    reportingIsEnabled: true,
    contentUserData: userData,
    saveFreq: 30, // seconds; without it H5P does not hand the state back to its content
    xAPIObjectIRI: `biosint:${settings.name}`,
    preventH5PInit: false, // the name means the opposite: not started until we do
  });
  const tags = window.H5P.getHeadTags;
  window.H5P.getHeadTags = (id) => `<script src="${settings.storage}"></script>${tags(id)}`;
  window.H5P.init();
  window.H5P.externalDispatcher.on("xAPI", (event) => {
    const { statement } = event.data;
    const told = resultOf(statement);
    if (told) result = told;
    const { actor: _actor, ...kept } = JSON.parse(JSON.stringify(statement));
    if (verbOf(kept) !== "interacted") line.say({ ...kept, timestamp: new Date().toISOString() });
    // After the content has dealt with its own event, its state is the new one.
    setTimeout(keep, 50);
  });
  const started = Date.now();
  const looking = setInterval(() => {
    const content = inner();
    if (!content?.H5P?.instances?.length) {
      if (Date.now() - started > 60_000) broken();
      return;
    }
    if (!content.biosintSeen) {
      content.biosintSeen = true;
      offerLinks(content.document);
    }
    keep();
  }, EVERY);
  addEventListener("pagehide", () => {
    clearInterval(looking);
    keep();
    line.leave();
  });
  new ResizeObserver(() => tellHeight()).observe(document.body);
}

play().catch(broken);
