import { Scorm2004API } from "scorm-again/scorm2004";

import { start } from "./scorm.js";

const without = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));

start({
  global: "API_1484_11",
  events: ["SetValue", "Commit", "Terminate"],
  make: () => new Scorm2004API({ dataCommitFormat: "flattened", autocommit: false, logLevel: 5 }),
  isDone: (state) => state["cmi.completion_status"] === "completed" || ["passed", "failed"].includes(state["cmi.success_status"]),
  first: { "cmi.entry": "ab-initio" },
  again: ({ "cmi.session_time": _session, "cmi.exit": exit, ...state }) => ({
    ...state,
    "cmi.entry": exit === "suspend" || !exit ? "resume" : "",
  }),
  always: (item, { learner, mode }) =>
    without({
      "cmi.learner_id": learner.id,
      "cmi.learner_name": learner.name,
      "cmi.credit": mode === "normal" ? "credit" : "no-credit",
      "cmi.mode": mode,
      "cmi.launch_data": item.launch_data,
      "cmi.scaled_passing_score": item.mastery,
      "cmi.completion_threshold": item.threshold,
      "cmi.max_time_allowed": item.time_limit,
      "cmi.time_limit_action": item.at_time_limit,
    }),
});
