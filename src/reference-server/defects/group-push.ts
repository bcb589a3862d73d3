import { badRequest, notFound } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, itemsIn, sending, showing } from "./sent.ts";
import { createGroup, readGroup, spoiling } from "./spoil.ts";

/** What servers do wrong when a group is made and read for the first time. */
export const groupPush: readonly Defect[] = [
  {
    name: "group-create-answers-200",
    title: "The create of a group without members is answered 200.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-03.created"],
    also: [...because("The same answer to the same create with an empty list.", "OKTA-GROUP-PUSH-04.empty")],
    make: spoiling(createGroup, ({ body }, proceed) => {
      const reply = proceed();
      return itemsIn(body.members).length === 0 && body.members !== undefined
        ? { ...reply, status: 200 }
        : reply;
    }),
  },
  {
    name: "group-create-answers-without-id",
    title: "The answer to the create of an empty group has no id.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-03.id"],
    also: [],
    make: spoiling(createGroup, (_call, proceed) => showing(proceed(), { id: undefined })),
  },
  {
    name: "group-create-answers-bare-id",
    title: "The answer to the create of a group is its id and nothing else.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-03.group"],
    also: [...because("A bare id has no meta.", "OKTA-GROUP-PUSH-03.resource-type")],
    make: spoiling(createGroup, (_call, proceed) => {
      const reply = proceed();
      return reply.body?.id === undefined ? reply : { ...reply, body: { id: reply.body.id } };
    }),
  },
  {
    name: "empty-group-unreadable",
    title: "A group can be read once it has a member; before that the read answers 404.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-03.exists", "OKTA-GROUP-PUSH-06.read-back"],
    also: [],
    make: spoiling(readGroup, ({ resource }, proceed) => {
      if (resource?.members.size === 0) throw notFound("There is no such group.");
      return proceed();
    }),
  },
  {
    name: "group-create-demands-members",
    title: "The create of a group without the attribute members is refused.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-04.absent"],
    also: [],
    make: spoiling(createGroup, ({ body }, proceed) => {
      if (body.members === undefined) throw badRequest("invalidValue", "members is missing.");
      return proceed();
    }),
  },
  {
    name: "group-create-refuses-empty-members",
    title: "The create of a group with an empty list of members is refused.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-04.empty"],
    also: [
      ...because(
        "Every group that Okta pushes is made with an empty list of members.",
        "OKTA-GROUP-PUSH-03.created",
        "OKTA-GROUP-PUSH-03.group",
        "OKTA-GROUP-PUSH-03.id",
        "OKTA-GROUP-PUSH-03.resource-type",
      ),
    ],
    make: spoiling(createGroup, ({ body }, proceed) => {
      if (Array.isArray(body.members) && body.members.length === 0) {
        throw badRequest("invalidValue", "members should have at least one entry.");
      }
      return proceed();
    }),
  },
  {
    name: "group-create-refuses-members",
    title: "A group can only be made empty; a create with members is refused.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-04.filled"],
    also: [],
    make: spoiling(createGroup, ({ body }, proceed) => {
      if (itemsIn(body.members).length > 0) throw badRequest("invalidValue", "Add members later.");
      return proceed();
    }),
  },
  {
    name: "group-create-drops-members",
    title: "A create with members is answered 201, and the group is empty.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-04.stored"],
    also: [...because("The imported group was made with members, which are gone.", "OKTA-IMPORT-06.members")],
    make: spoiling(createGroup, ({ request, body }, proceed) =>
      proceed(sending(request, changed(body, { members: [] }))),
    ),
  },
];
