import { ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { showingEach, showingOnly, spoilingLookUps } from "./searches.ts";
import { listedIn } from "./sent.ts";
import { readUser, spoiling } from "./spoil.ts";

/** How servers hide users that are not active. */
export const lookUpInactive: readonly Defect[] = [
  {
    name: "inactive-users-hidden",
    title: "A search does not find users that are not active.",
    layer: "app",
    source: "https://github.com/growthbook/growthbook/pull/1680",
    target: ["OKTA-LOOKUP-05.still-found"],
    also: because("a create under the name that was not found is a conflict", "OKTA-LINK-04.lookup-agrees"),
    make: spoilingLookUps((reply) =>
      showingOnly(
        reply,
        listedIn(reply).filter(({ active }) => active !== false),
      ),
    ),
  },
  {
    name: "inactive-users-not-readable",
    title: "A read of a user that is not active is answered 404.",
    layer: "app",
    target: ["OKTA-LOOKUP-05.still-readable"],
    also: because(
      "a read that shows the user inactive never comes",
      "OKTA-DEACT-01.inactive",
      "OKTA-PATCH-02.inactive",
    ),
    make: spoiling(readUser, ({ resource }, proceed) => {
      if (resource?.attributes.active === false) throw new ScimFailure(404, "There is no such user.");
      return proceed();
    }),
  },
  {
    name: "inactive-users-found-as-active",
    title: "A search shows everybody as active.",
    layer: "app",
    target: ["OKTA-LOOKUP-05.shown-inactive"],
    also: [],
    make: spoilingLookUps((reply) =>
      showingEach(reply, (user) => (user.active === false ? { ...user, active: true } : user)),
    ),
  },
];
