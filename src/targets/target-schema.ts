import { z } from "../decode/index.ts";
import { observableShape } from "./observable-shape.ts";
import { targetShape } from "./target-shape.ts";

/** The JSON Schema of a target profile's file, for editors. */
export function targetSchema(): object {
  const written = z.looseObject({
    ...targetShape.shape,
    facts: z.record(
      targetShape.shape.facts.keyType,
      targetShape.shape.facts.valueType.extend({
        // The decoder reads each observable by itself, so that its mistakes are told by its kind; an editor sees all.
        observe: z.union([observableShape, z.array(observableShape).min(1)]).optional(),
      }),
    ),
  });
  return {
    $id: "urn:scim-check:target-profile:1",
    title: "A target profile of scim-check",
    ...z.toJSONSchema(z.strictObject(written.shape), { io: "input" }),
  };
}
