import type { JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import type { Attributes } from "../resource.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, listedIn, operationsIn, showing } from "./sent.ts";
import {
  type Call,
  listUsers,
  patchUser,
  putUser,
  restore,
  spoiling,
  spoilingWithMemory,
  type Where,
} from "./spoil.ts";

const writes: readonly Where[] = [putUser, patchUser];

/** What a PUT or PATCH wants `active` to be. */
function wanted({ body }: Call): unknown {
  if (body.active !== undefined) return body.active;
  const value = operationsIn(body).find(({ path }) => path === undefined)?.value;
  return (value as JsonObject | undefined)?.active;
}

const deactivates = (call: Call) => wanted(call) === false && call.resource?.attributes.active === true;
const reactivates = (call: Call) => wanted(call) === true && call.resource?.attributes.active === false;

/** What servers do wrong when access is taken away and given back. */
export const activation: readonly Defect[] = [
  {
    name: "deactivation-ends-in-500",
    title: "The deactivation by PUT is stored, then the farewell mail fails and the answer is a 500.",
    layer: "app",
    target: ["OKTA-DEACT-01.answer"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      const fails = deactivates(call);
      const reply = proceed();
      if (fails) throw new ScimFailure(500, "The mail could not be sent.");
      return reply;
    }),
  },
  {
    name: "put-ignores-active-false",
    title: "A replace with active: false is answered 200, and the user stays active.",
    layer: "app",
    target: ["OKTA-DEACT-01.inactive"],
    also: [
      ...because("The import shows the state that is stored.", "OKTA-IMPORT-05.inactive-shown"),
      ...because("The look-up shows the state that is stored.", "OKTA-LOOKUP-05.shown-inactive"),
    ],
    make: spoiling(putUser, (call, proceed) =>
      deactivates(call) ? proceed(withActive(call, true)) : proceed(),
    ),
  },
  {
    name: "deactivation-scrubs-profile",
    title: "A deactivation by PUT wipes name and addresses, as if privacy asked for it.",
    layer: "app",
    target: ["OKTA-DEACT-01.profile-kept"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      const scrubs = deactivates(call);
      const reply = proceed();
      const after = call.resource?.attributes;
      if (scrubs && after !== undefined) {
        restore(call, changed(after, { name: undefined, emails: undefined, displayName: undefined }));
      }
      return reply;
    }),
  },
  {
    name: "deactivation-deletes",
    title: "A deactivation is answered with success and removes the user for good.",
    layer: "app",
    target: ["OKTA-DEACT-01.inactive", "OKTA-PATCH-02.inactive"],
    also: [
      ...because("The repeated write finds nobody.", "OKTA-DEACT-04.same-answer"),
      ...because(
        "Whoever was removed is found neither by name nor by id.",
        "OKTA-LOOKUP-05.still-found",
        "OKTA-LOOKUP-05.still-readable",
      ),
      ...because("With the user the membership is gone.", "OKTA-PATCH-05.memberships-kept"),
      ...because("There is nobody left to reactivate.", "OKTA-REACT-01.active-again", "OKTA-REACT-01.answer"),
    ],
    make: spoiling(writes, (call, proceed) => {
      const removes = deactivates(call);
      const reply = proceed();
      if (removes && call.resource !== undefined) call.context.store.remove(call.resource);
      return reply;
    }),
  },
  {
    name: "reactivation-ends-in-500",
    title: "The reactivation is stored, then the welcome mail fails and the answer is a 500.",
    layer: "app",
    target: ["OKTA-REACT-01.answer"],
    also: [...because("The adoption of an inactive account reactivates it.", "OKTA-LINK-03.adopted")],
    make: spoiling(writes, (call, proceed) => {
      const fails = reactivates(call);
      const reply = proceed();
      if (fails) throw new ScimFailure(500, "The mail could not be sent.");
      return reply;
    }),
  },
  {
    name: "reactivation-ignored",
    title:
      "A write with active: true on an inactive user is answered with success, and the user stays inactive.",
    layer: "app",
    target: ["OKTA-REACT-01.active-again"],
    also: [...because("The adoption of an inactive account should reactivate it.", "OKTA-LINK-03.active")],
    make: spoiling(writes, (call, proceed) => {
      const stays = reactivates(call);
      const reply = proceed();
      const after = call.resource?.attributes;
      if (stays && after !== undefined) restore(call, { ...after, active: false });
      return reply;
    }),
  },
  {
    name: "reactivation-makes-new-id",
    title: "A reactivation makes a fresh account with a new id, and the old id is gone.",
    layer: "app",
    source: "https://github.com/growthbook/growthbook/pull/1680",
    target: ["OKTA-REACT-01.active-again"],
    also: [
      ...because(
        "The adoption of an inactive account reactivates it, and the id is gone.",
        "OKTA-LINK-03.adopted",
      ),
    ],
    make: spoiling(writes, (call, proceed) => {
      const { context, resource } = call;
      const moves = reactivates(call);
      const reply = proceed();
      if (moves && resource !== undefined) {
        const { attributes } = resource;
        context.store.remove(resource);
        context.store.insert(userType, attributes);
      }
      return reply;
    }),
  },
  {
    name: "reactivation-brings-back-old-profile",
    title: "A reactivation restores the profile from before the deactivation and drops what was pushed.",
    layer: "app",
    target: ["OKTA-REACT-01.profile-kept"],
    also: [],
    make: spoilingWithMemory(writes, () => {
      const kept = new Map<string, Attributes>();
      return (call, proceed) => {
        const { resource } = call;
        if (resource !== undefined && deactivates(call)) kept.set(resource.id, resource.attributes);
        const before = resource !== undefined && reactivates(call) ? kept.get(resource.id) : undefined;
        const reply = proceed();
        if (before !== undefined) restore(call, { ...before, active: true });
        return reply;
      };
    }),
  },
  {
    name: "inactive-imported-as-active",
    title: "The list of all users shows everybody as active.",
    layer: "app",
    target: ["OKTA-IMPORT-05.inactive-shown"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) =>
      request.query.has("filter") ? proceed() : withEachActive(proceed(), () => true),
    ),
  },
  {
    name: "active-imported-as-inactive",
    title: "The list of all users shows whoever has not signed in yet as inactive.",
    layer: "app",
    target: ["OKTA-IMPORT-05.active-shown"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) =>
      request.query.has("filter") ? proceed() : withEachActive(proceed(), () => false),
    ),
  },
  {
    name: "active-as-text-in-lists",
    title: 'Lists show active as the text "true" or "false".',
    layer: "app",
    target: ["OKTA-DEACT-03.boolean-in-lists"],
    also: [
      ...because(
        "The import is a list, and a text is not a boolean.",
        "OKTA-IMPORT-05.active-shown",
        "OKTA-IMPORT-05.inactive-shown",
      ),
      ...because(
        "The look-up is a list, and a text is not the boolean false.",
        "OKTA-LOOKUP-05.shown-inactive",
      ),
    ],
    make: spoiling(listUsers, (_call, proceed) => withEachActive(proceed(), String)),
  },
];

function withActive({ request, body }: Call, active: boolean) {
  return { ...request, body: JSON.stringify({ ...body, active }) };
}

function withEachActive(
  reply: Parameters<typeof showing>[0],
  shown: (active: unknown) => boolean | string,
): Parameters<typeof showing>[0] {
  const users = listedIn(reply);
  return showing(reply, { Resources: users.map((user) => changed(user, { active: shown(user.active) })) });
}
