import { describe, expect, it } from "vitest";
import { agreesWithLookUp } from "../../../src/checks/named/agrees-with-look-up.ts";
import { conflict, conflictError, conflictType } from "../../../src/checks/named/conflict.ts";
import { anotherId, bodyWithId, idIsText } from "../../../src/checks/named/issued-id.ts";
import { vanishedUser } from "../../../src/checks/named/vanished-user.ts";
import { URN } from "../../../src/model/scim.ts";
import { evidenceOf, exchangeOf, silence } from "./evidence-of.ts";

describe("agrees-with-look-up", () => {
  const kindOf = (status: number, lookUp: ReturnType<typeof exchangeOf>) =>
    agreesWithLookUp.judge(evidenceOf(status, {}, { earlier: { find: lookUp } }), { "look-up": "find" }).kind;
  const nobody = exchangeOf(200, { totalResults: 0, Resources: [] });
  const somebody = exchangeOf(200, { totalResults: 1, Resources: [{}] });

  it("breaks only for a conflict with nobody", () => {
    expect(kindOf(409, nobody)).toBe("broken");
    expect(kindOf(409, exchangeOf(404))).toBe("broken");
  });

  it("holds for every other pair", () => {
    expect(kindOf(201, nobody)).toBe("holds");
    expect(kindOf(409, somebody)).toBe("holds");
    expect(kindOf(201, somebody)).toBe("holds");
  });

  it("stays open when the look-up failed or the create was refused for another reason", () => {
    expect(kindOf(409, exchangeOf(500))).toBe("unknown");
    expect(kindOf(400, nobody)).toBe("unknown");
  });

  it("tells a name that is taken, refused with another status, from any other refusal", () => {
    const why = (scimType: string) =>
      agreesWithLookUp.judge(evidenceOf(400, { scimType }, { earlier: { find: nobody } }), {
        "look-up": "find",
      });
    expect(why("uniqueness")).toEqual({
      kind: "unknown",
      why: "the create was refused because something is taken, but with 400 and not 409",
    });
    expect(why("invalidValue")).toEqual({
      kind: "unknown",
      why: "the create was refused with 400, which does not say that its name is taken",
    });
  });
});

describe("conflict", () => {
  it("holds for 409 and nothing else", () => {
    expect(conflict.judge(evidenceOf(409), { with: "7" }).kind).toBe("holds");
    for (const evidence of [evidenceOf(200), evidenceOf(201), evidenceOf(400), silence]) {
      expect(conflict.judge(evidence, { with: "7" }).kind).toBe("broken");
    }
  });

  it("is no question where the server says that such a name never changes", () => {
    const refusal = evidenceOf(400, { scimType: "mutability" });
    expect(conflict.judge(refusal, { with: "7", "may-be-fixed": true }).kind).toBe("unknown");
    expect(conflict.judge(refusal, { with: "7" }).kind).toBe("broken");
    const accepted = evidenceOf(200, { scimType: "mutability" });
    expect(conflict.judge(accepted, { with: "7", "may-be-fixed": true }).kind).toBe("broken");
  });
});

describe("conflict-error and conflict-type", () => {
  const error = { schemas: [URN.error], detail: "userName is taken", status: "409", scimType: "uniqueness" };

  it("hold for a full SCIM error", () => {
    expect(conflictError.judge(evidenceOf(409, error), {}).kind).toBe("holds");
    expect(conflictType.judge(evidenceOf(409, error), {}).kind).toBe("holds");
  });

  it("break for plain text, and for an error without the type", () => {
    expect(conflictError.judge(evidenceOf(409, "taken"), {}).kind).toBe("broken");
    expect(conflictType.judge(evidenceOf(409, "taken"), {}).kind).toBe("broken");
    expect(conflictType.judge(evidenceOf(409, { ...error, scimType: "invalidValue" }), {}).kind).toBe(
      "broken",
    );
  });

  it("stay open when there was no conflict", () => {
    for (const evidence of [evidenceOf(201, {}), evidenceOf(400, "no"), silence]) {
      expect(conflictError.judge(evidence, {}).kind).toBe("unknown");
      expect(conflictType.judge(evidence, {}).kind).toBe("unknown");
    }
  });
});

describe("body-with-id", () => {
  it("breaks for a success without a body, without JSON or without an id", () => {
    for (const body of [undefined, "created", {}, { id: null }, [], { id: "" }]) {
      expect(bodyWithId.judge(evidenceOf(201, body), {}).kind).toBe("broken");
    }
  });

  it("holds for an id of any type, and stays open for a refusal", () => {
    expect(bodyWithId.judge(evidenceOf(201, { id: 7 }), {}).kind).toBe("holds");
    expect(bodyWithId.judge(evidenceOf(400, {}), {}).kind).toBe("unknown");
  });
});

describe("id-is-text and another-id", () => {
  it("tell a number from a text", () => {
    expect(idIsText.judge(evidenceOf(201, { id: 7 }), {}).kind).toBe("broken");
    expect(idIsText.judge(evidenceOf(201, { id: "7" }), {}).kind).toBe("holds");
  });

  it("tell a shared id from an id of its own", () => {
    expect(anotherId.judge(evidenceOf(201, { id: "7" }), { than: "7" }).kind).toBe("broken");
    expect(anotherId.judge(evidenceOf(201, { id: "8" }), { than: "7" }).kind).toBe("holds");
  });

  it("stay open without an id", () => {
    for (const check of [idIsText, anotherId]) {
      expect(check.judge(evidenceOf(201, {}), { than: "7" }).kind).toBe("unknown");
      expect(check.judge(evidenceOf(400, { id: "7" }), { than: "7" }).kind).toBe("unknown");
    }
  });
});

describe("vanished-user", () => {
  const kindOf = (status: number, removal: number) =>
    vanishedUser.judge(evidenceOf(status, {}, { earlier: { remove: exchangeOf(removal) } }), {
      removed: "remove",
    }).kind;

  it("holds for 404, breaks for any other error", () => {
    expect(kindOf(404, 204)).toBe("holds");
    expect(kindOf(500, 204)).toBe("broken");
    expect(kindOf(410, 204)).toBe("broken");
  });

  it("stays open where nobody was removed", () => {
    expect(kindOf(200, 405)).toBe("unknown");
    expect(kindOf(200, 204)).toBe("unknown");
  });
});
