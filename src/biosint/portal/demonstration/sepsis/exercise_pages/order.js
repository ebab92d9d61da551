// Steps are moved with two buttons each, so mouse, finger, keyboard and screen reader do the same.
"use strict";

(function () {
  var WORDS = {
    en: {
      title: "Put the first hour in order",
      explains: "Mr D., Sunday 02:15. Move the steps into the order in which they should begin. Try as often as you like.",
      check: "Check the order",
      again: "Mix them again",
      up: "Move up: ",
      down: "Move down: ",
      moved: "{step}: now number {place}.",
      right: "right",
      wrong: "elsewhere",
      points: "{right} of {all} steps stand where they should: {points} points.",
      done: "All steps are in order."
    },
    sr: {
      title: "Поређајте први сат",
      explains: "Господин Д., недеља 02:15. Поређајте кораке редом којим треба да почну. Покушајте колико год желите.",
      check: "Провери редослед",
      again: "Измешај поново",
      up: "Помери горе: ",
      down: "Помери доле: ",
      moved: "{step}: сада под бројем {place}.",
      right: "тачно",
      wrong: "на другом месту",
      points: "{right} од {all} корака стоји где треба: {points} бодова.",
      done: "Сви кораци су у реду."
    }
  };
  // Who reads a neighbouring language reads Serbian more easily than English.
  var NEAR = ["sr", "bs", "hr", "cnr", "sh"];
  var START = [3, 1, 5, 0, 4, 2];
  var wanted = (navigator.languages || [navigator.language || "en"]).map(function (tag) {
    return String(tag).toLowerCase().split("-")[0];
  });
  var known = wanted.filter(function (code) { return code === "en" || NEAR.indexOf(code) >= 0; })[0];
  var language = known && known !== "en" ? "sr" : "en";
  var words = WORDS[language];
  var steps = COURSE.steps;
  var order = START.slice();
  var api = found();
  var list = byId("steps");
  var told = byId("told");
  var begunAt = Date.now();

  function byId(id) { return document.getElementById(id); }

  function found() {
    var place = window;
    for (var tries = 0; tries < 20; tries += 1) {
      try { if (place.API) { return place.API; } } catch (fault) { return null; }
      if (place === place.parent) { break; }
      place = place.parent;
    }
    return null;
  }

  function say(name, value) { if (api) { api.LMSSetValue(name, value); } }

  function filled(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, function (_all, name) { return values[name]; });
  }

  function button(sign, label, from, to) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.disabled = to < 0 || to >= order.length;
    made.addEventListener("click", function () { move(from, to, sign); });
    return made;
  }

  function show(marks) {
    list.textContent = "";
    order.forEach(function (step, place) {
      var line = document.createElement("li");
      var text = document.createElement("span");
      text.textContent = steps[step][language];
      line.append(text);
      if (marks) {
        var sign = document.createElement("span");
        var right = step === place;
        line.className = right ? "right" : "wrong";
        sign.className = "sign";
        sign.textContent = (right ? "✓ " : "↕ ") + (right ? words.right : words.wrong);
        line.append(sign);
      }
      line.append(
        button("↑", words.up + steps[step][language], place, place - 1),
        button("↓", words.down + steps[step][language], place, place + 1)
      );
      list.append(line);
    });
  }

  function move(from, to, sign) {
    var step = order[from];
    order[from] = order[to];
    order[to] = step;
    show();
    keep();
    told.textContent = filled(words.moved, { step: steps[step][language], place: to + 1 });
    var buttons = list.children[to].querySelectorAll("button");
    var same = sign === "↑" ? buttons[0] : buttons[1];
    (same.disabled ? (same === buttons[0] ? buttons[1] : buttons[0]) : same).focus();
  }

  function keep() {
    say("cmi.suspend_data", order.join(","));
    say("cmi.core.exit", "suspend");
    if (api) { api.LMSCommit(""); }
  }

  function check() {
    var right = order.filter(function (step, place) { return step === place; }).length;
    var points = Math.round(100 * right / steps.length);
    show(true);
    told.textContent = "";
    var first = document.createElement("p");
    first.textContent = right === steps.length
      ? words.done
      : filled(words.points, { right: right, all: steps.length, points: points });
    told.append(first);
    if (right === steps.length) {
      var why = document.createElement("p");
      why.textContent = COURSE.feedback[language];
      told.append(why);
    }
    byId("again").hidden = false;
    say("cmi.core.score.min", "0");
    say("cmi.core.score.max", "100");
    say("cmi.core.score.raw", String(points));
    say("cmi.core.lesson_status", points >= COURSE.passed ? "passed" : "incomplete");
    keep();
  }

  function spent() {
    var seconds = Math.floor((Date.now() - begunAt) / 1000);
    function two(number) { return String(number).padStart(2, "0"); }
    return two(Math.min(99, Math.floor(seconds / 3600))) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
  }

  document.documentElement.lang = language;
  document.title = words.title;
  byId("title").textContent = words.title;
  byId("explains").textContent = words.explains;
  byId("check").textContent = words.check;
  byId("again").textContent = words.again;
  byId("check").addEventListener("click", check);
  byId("again").addEventListener("click", function () { order = START.slice(); told.textContent = ""; show(); keep(); });
  if (api) {
    api.LMSInitialize("");
    var kept = String(api.LMSGetValue("cmi.suspend_data") || "").split(",").map(Number);
    if (kept.slice().sort().join() === steps.map(function (_step, place) { return place; }).join()) { order = kept; }
    if (api.LMSGetValue("cmi.core.lesson_status") === "not attempted") { say("cmi.core.lesson_status", "incomplete"); }
    addEventListener("pagehide", function () { say("cmi.core.session_time", spent()); api.LMSFinish(""); });
  }
  show();
})();
