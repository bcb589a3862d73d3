import type { RefusedCase } from "../../model/documented-cases.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { itemsIn, jsonOf, operationsIn } from "../defects/sent.ts";
import { refusalReply, ScimFailure } from "../errors.ts";
import type { Reply } from "../message.ts";
import { type Make, replying } from "../quirks/make.ts";
import type { ResourceType } from "../schemas.ts";

const twiceOn =
  (name: string) =>
  (body: JsonObject): boolean =>
    operationsIn(body).filter(({ path }) => path === name).length > 1;

/** Bodies of creates and PATCHes of users that the sound server takes, and some products refuse. */
const BODIES: Readonly<
  Partial<Record<RefusedCase, readonly ["create" | "modify", (body: JsonObject) => boolean]>>
> = {
  "remove-without-path": [
    "modify",
    (body) => operationsIn(body).some(({ op, path }) => op === "remove" && path === undefined),
  ],
  "two-operations-on-user-name": ["modify", twiceOn("userName")],
  "two-operations-on-active": ["modify", twiceOn("active")],
  "email-not-primary": [
    "create",
    ({ emails }) => {
      const given = itemsIn(emails).filter(isJsonObject);
      return given.length > 0 && !given.some(({ primary }) => primary === true);
    },
  ],
  "groups-on-create": ["create", ({ groups }) => itemsIn(groups).length > 0],
};

/** Addresses that some products do not have. */
const ADDRESSES: Readonly<Partial<Record<RefusedCase, RegExp>>> = {
  me: /\/Me$/,
  bulk: /\/Bulk$/,
  search: /\/\.search$/,
};

/**
 * Refuses a case with a status, where it is one of these; without a status it is taken, whatever the sound server
 * says of it.
 */
export function refusing(of: RefusedCase, status: number | undefined): Make | undefined {
  const body = BODIES[of];
  if (body !== undefined) return refusingBody(...body, status);
  const address = ADDRESSES[of];
  return address === undefined ? undefined : refusingAddress(address, status);
}

function refusingBody(
  verb: "create" | "modify",
  isIt: (body: JsonObject) => boolean,
  status: number | undefined,
): Make {
  const look = (type: ResourceType, body: JsonObject, sound: () => Reply): Reply => {
    if (type.name !== "User" || !isIt(body)) return sound();
    if (status !== undefined) throw new ScimFailure(status, "This is not offered.", wordFor(status, body));
    try {
      return sound();
    } catch (refusal) {
      if (!(refusal instanceof ScimFailure)) throw refusal;
      return { status: 200, body: {} };
    }
  };
  return ({ operations }) => ({
    replace:
      verb === "create"
        ? {
            create: (context, type, request) =>
              look(type, jsonOf(request), () => operations.create(context, type, request)),
          }
        : {
            modify: (context, type, id, request) =>
              look(type, jsonOf(request), () => operations.modify(context, type, id, request)),
          },
  });
}

/** The scimType of RFC 7644 table 9 that fits; only a 400 has one. */
const wordFor = (status: number, body: JsonObject) =>
  status !== 400
    ? undefined
    : operationsIn(body).some(({ path }) => path === undefined)
      ? "noTarget"
      : "invalidValue";

function refusingAddress(address: RegExp, status: number | undefined): Make {
  const answered = refusalReply(new ScimFailure(status ?? 200, "This is not offered."));
  return replying((reply, { target }) => {
    if (reply.status === 401 || !address.test(target.split("?")[0] ?? "")) return reply;
    if (status !== undefined) return answered;
    return reply.status < 400 ? reply : { ...answered, body: "{}" };
  });
}
