import { consistency } from "./consistency.ts";
import { discovery } from "./discovery.ts";
import { errors } from "./errors.ts";
import { headers } from "./headers.ts";
import { ids } from "./ids.ts";
import { jsonText } from "./json-text.ts";
import { lists } from "./lists.ts";
import { membersShown } from "./members-shown.ts";
import { meta } from "./meta.ts";
import { patchAnswers } from "./patch-answers.ts";
import { put } from "./put.ts";
import type { Quirk } from "./quirk.ts";
import { refusals } from "./refusals.ts";
import { removal } from "./removal.ts";
import { shown } from "./shown.ts";
import { tenant } from "./tenant.ts";
import { timing } from "./timing.ts";
import { unstored } from "./unstored.ts";
import { wire } from "./wire.ts";

/** Every quirk the reference server can be given, one file a theme. */
export const quirks: readonly Quirk[] = [
  ...patchAnswers,
  ...membersShown,
  ...shown,
  ...meta,
  ...headers,
  ...jsonText,
  ...ids,
  ...lists,
  ...errors,
  ...put,
  ...unstored,
  ...refusals,
  ...removal,
  ...discovery,
  ...tenant,
  ...consistency,
  ...timing,
  ...wire,
];
