import { Scorm12API } from "scorm-again/scorm12";

import { start } from "./scorm.js";

start({
  global: "API",
  events: ["LMSSetValue", "LMSCommit", "LMSFinish"],
  make: () => new Scorm12API({ dataCommitFormat: "flattened", autocommit: false, logLevel: 5 }),
  isDone: (state) => ["passed", "failed", "completed"].includes(state["cmi.core.lesson_status"]),
  first: { "cmi.core.entry": "ab-initio" },
  again: ({ "cmi.core.session_time": _session, "cmi.core.exit": exit, ...state }) => ({
    ...state,
    "cmi.core.entry": exit === "suspend" || !exit ? "resume" : "",
  }),
  always: (item, { learner, mode }) => ({
    "cmi.core.student_id": learner.id,
    "cmi.core.student_name": learner.name,
    "cmi.core.credit": mode === "normal" ? "credit" : "no-credit",
    "cmi.core.lesson_mode": mode,
    "cmi.launch_data": item.launch_data,
    "cmi.student_data.mastery_score": item.mastery,
    "cmi.student_data.max_time_allowed": item.time_limit,
    "cmi.student_data.time_limit_action": item.at_time_limit,
  }),
});
