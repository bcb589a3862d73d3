import { z } from "../decode/index.ts";
import { observableShape } from "./observable-shape.ts";
import { targetShape } from "./target-shape.ts";

// The decoder reads each observable by itself, so that its mistakes are told by its kind; an editor sees all.
const observables = z.union([observableShape, z.array(observableShape).min(1)]).optional();

/** The JSON Schema of a target profile's file, for editors. */
export function targetSchema(): object {
  const { keyType, valueType } = targetShape.shape.facts;
  const written = z.strictObject({
    ...targetShape.shape,
    facts: z.record(keyType, valueType.extend({ observe: observables, states: observables })),
  });
  return {
    $id: "urn:scim-check:target-profile:1",
    title: "A target profile of scim-check",
    ...z.toJSONSchema(written, { io: "input", reused: "ref" }),
  };
}
