import type { Behaviour } from "../../model/behaviour.ts";
import { creating } from "./creating.ts";
import { discovery } from "./discovery.ts";
import { errorsByRfc } from "./errors.ts";
import { projection } from "./projection.ts";
import { reading } from "./reading.ts";
import { schemaHonesty } from "./schemas.ts";
import { transportByRfc } from "./transport.ts";
import { values } from "./values.ts";

/** What the RFCs ask of transport, errors, discovery, creates, reads and projection (lines A to F). */
export const rfcAToF: readonly Behaviour[] = [
  ...transportByRfc,
  ...errorsByRfc,
  ...discovery,
  ...schemaHonesty,
  ...creating,
  ...values,
  ...reading,
  ...projection,
];
