import { badRequest, ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, operationsIn } from "./sent.ts";
import { leaveGroups, patchUser, restore, spoiling } from "./spoil.ts";

/** What servers do wrong with the PATCH of a user that has no path. */
export const patch: readonly Defect[] = [
  {
    name: "patch-of-users-not-implemented",
    title: "PATCH of a user is answered with 501; the server was made for custom apps alone.",
    layer: "app",
    target: ["OKTA-PATCH-04.offered", "OKTA-PATCH-02.answer"],
    also: [
      ...because(
        "It takes a PATCH as well.",
        "OKTA-PATCH-02.inactive",
        "OKTA-REACT-01.answer",
        "OKTA-PASSWORD-02.accepted",
      ),
      ...because(
        "Nobody was deactivated, so the import shows the person as active.",
        "OKTA-IMPORT-05.inactive-shown",
      ),
    ],
    make: spoiling(patchUser, () => {
      throw new ScimFailure(501, "PATCH is not implemented.");
    }),
  },
  {
    name: "patch-answers-202",
    title: "A PATCH of a user is carried out, and answered 202 with a receipt.",
    layer: "app",
    target: ["OKTA-PATCH-02.answer"],
    also: [
      ...because("The new password by PATCH gets the same answer.", "OKTA-PASSWORD-02.accepted"),
      ...because("The reactivation by PATCH gets the same answer.", "OKTA-REACT-01.answer"),
    ],
    make: spoiling(patchUser, (_call, proceed) => {
      proceed();
      return { status: 202, body: { accepted: true } };
    }),
  },
  {
    name: "patch-without-path-refused",
    title: "A PATCH operation without a path is refused with 400.",
    layer: "app",
    source: "https://github.com/Metatavu/keycloak-scim-server/issues/95",
    target: ["OKTA-PATCH-02.answer", "OKTA-PATCH-02.inactive"],
    also: [
      ...because(
        "Nobody was deactivated, so the import shows the person as active.",
        "OKTA-IMPORT-05.inactive-shown",
      ),
      ...because("The new password is a PATCH without a path, too.", "OKTA-PASSWORD-02.accepted"),
      ...because("The reactivation is a PATCH without a path, too.", "OKTA-REACT-01.answer"),
    ],
    make: spoiling(patchUser, ({ body }, proceed) => {
      if (operationsIn(body).some(({ path }) => path === undefined)) {
        throw badRequest("invalidPath", "Each operation needs a path.");
      }
      return proceed();
    }),
  },
  {
    name: "patch-without-path-ignored",
    title: "A PATCH operation without a path is answered 200 and changes nothing.",
    layer: "app",
    source: "https://github.com/Metatavu/keycloak-scim-server/issues/95",
    target: ["OKTA-PATCH-02.inactive"],
    also: [
      ...because(
        "The answer was a success and nobody was deactivated.",
        "OKTA-IMPORT-05.inactive-shown",
        "OKTA-LOOKUP-05.shown-inactive",
      ),
    ],
    make: spoiling(patchUser, (call, proceed) => {
      const before = call.resource?.attributes;
      const ignored = operationsIn(call.body).some(({ path }) => path === undefined);
      const reply = proceed();
      if (!ignored || call.resource === undefined || before === undefined) return reply;
      restore(call, before);
      return { ...reply, body: call.context.operations.render(call.context, call.resource, {}) };
    }),
  },
  {
    name: "patch-value-taken-for-whole-user",
    title:
      "The value of a PATCH without a path is taken for the whole user: what it does not name is cleared.",
    layer: "app",
    target: ["OKTA-PATCH-05.profile-kept"],
    also: [
      ...because("The new password clears the profile, too.", "OKTA-PASSWORD-02.profile-kept"),
      ...because(
        "The reactivation clears the profile as the deactivation does.",
        "OKTA-REACT-01.profile-kept",
      ),
    ],
    make: spoiling(patchUser, (call, proceed) => {
      const reply = proceed();
      const after = call.resource?.attributes;
      if (after === undefined) return reply;
      restore(call, changed(after, { name: undefined, emails: undefined, displayName: undefined }));
      return reply;
    }),
  },
  {
    name: "patch-leaves-groups",
    title: "Whoever is deactivated by PATCH is taken out of all groups.",
    layer: "app",
    target: ["OKTA-PATCH-05.memberships-kept"],
    also: [],
    make: spoiling(patchUser, (call, proceed) => {
      const reply = proceed();
      if (call.resource?.attributes.active === false) leaveGroups(call);
      return reply;
    }),
  },
];
