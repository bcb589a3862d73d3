import { describe, expect, it } from "vitest";
import { conflictNamesEmail } from "../../../src/checks/named/conflict.ts";
import { noInternals, wordedDetail } from "../../../src/checks/named/error-detail.ts";
import { jsonBody } from "../../../src/checks/named/json-body.ts";
import { scimError } from "../../../src/checks/named/scim-error.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, silence } from "./evidence-of.ts";

const error = {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  detail: "No such user.",
  status: "404",
};

describe("scim-error", () => {
  it("holds for a status as text or as number, and with a scimType", () => {
    expect(scimError.judge(evidenceOf(404, error), {}).kind).toBe("holds");
    expect(scimError.judge(evidenceOf(404, { ...error, status: 404 }), {}).kind).toBe("holds");
    expect(scimError.judge(evidenceOf(404, { ...error, scimType: "noTarget" }), { status: 404 }).kind).toBe(
      "holds",
    );
  });

  it.each([
    ["a wrapper", { error }],
    ["no schemas", { detail: error.detail, status: "404" }],
    ["an empty detail", { ...error, detail: " " }],
    ["another status", { ...error, status: "500" }],
    ["no status", { schemas: error.schemas, detail: error.detail }],
    ["HTML", "<h1>404</h1>"],
    ["an array", [error]],
    ["no body", undefined],
  ])("breaks for %s", (_what, body) => {
    expect(scimError.judge(evidenceOf(404, body), {}).kind).toBe("broken");
  });

  it("breaks for another status than the one asked for", () => {
    expect(scimError.judge(evidenceOf(404, error), { status: 409 }).kind).toBe("broken");
  });

  it("says nothing, without weight, of what was not refused", () => {
    expect(scimError.judge(evidenceOf(200, { id: "1" }), {})).toMatchObject({
      kind: "unknown",
      neutral: true,
    });
  });
});

describe("json-body", () => {
  it("holds for any JSON, whatever its shape", () => {
    expect(jsonBody.judge(evidenceOf(200, { id: "1" }), {}).kind).toBe("holds");
    expect(jsonBody.judge(evidenceOf(404, { message: "?" }), { refusal: true }).kind).toBe("holds");
  });

  it("breaks for HTML, for nothing at all, and for silence", () => {
    expect(jsonBody.judge(evidenceOf(404, "<html>"), { refusal: true }).kind).toBe("broken");
    expect(jsonBody.judge(evidenceOf(405), { refusal: true }).kind).toBe("broken");
    expect(jsonBody.judge(silence, {}).kind).toBe("broken");
  });

  it("looks at refusals alone when told to", () => {
    expect(jsonBody.judge(evidenceOf(204), { refusal: true })).toMatchObject({
      kind: "unknown",
      neutral: true,
    });
  });
});

describe("worded-detail", () => {
  it("holds for a reason in words, short or in another language", () => {
    for (const detail of ["userName is taken", "ユーザー名は既に使用されています", "Benutzername vergeben"]) {
      expect(wordedDetail.judge(evidenceOf(409, { detail }), {}).kind).toBe("holds");
    }
  });

  it("breaks when the status is only said again, or nothing is", () => {
    for (const detail of ["", "409", "Conflict", "409 Conflict", "Error.", null]) {
      expect(wordedDetail.judge(evidenceOf(409, { detail }), {}).kind).toBe("broken");
    }
    expect(wordedDetail.judge(evidenceOf(409, "<html>"), {}).kind).toBe("broken");
  });

  it("says nothing of what was not refused", () => {
    expect(wordedDetail.judge(evidenceOf(201, {}), {})).toMatchObject({ kind: "unknown", neutral: true });
  });
});

describe("no-internals", () => {
  it("holds for plain sentences, also such that sound like code", () => {
    for (const detail of [
      "The user name is taken: choose another from the list.",
      "Select a name, or update the set of groups.",
      'Attribute emails[type eq "work"].value at 12:30 is not valid.',
    ]) {
      expect(noInternals.judge(evidenceOf(409, { detail }), {}).kind).toBe("holds");
    }
  });

  it.each([
    "java.lang.NullPointerException\n\tat com.example.Users.create(Users.java:42)",
    "TypeError: x is undefined\n    at create (/srv/app/users.js:10:5)",
    'Traceback (most recent call last):\n  File "users.py", line 3',
    "PG::UniqueViolation: INSERT INTO users (name) VALUES ('a')",
    "SQLSTATE[23000]: Integrity constraint violation",
    "   at Scim.Users.Create(User user) in C:\\src\\Users.cs:line 12",
  ])("breaks for %j", (detail) => {
    expect(noInternals.judge(evidenceOf(500, { detail }), {}).kind).toBe("broken");
  });

  it("says nothing of what was not refused", () => {
    expect(noInternals.judge(evidenceOf(201, {}), {})).toMatchObject({ kind: "unknown", neutral: true });
  });
});

describe("conflict-names-email", () => {
  const judged = (detail: string | null, status = 409) =>
    conflictNamesEmail.judge(evidenceOf(status, { ...error, detail }), {}).kind;

  it("wants a 409 that names the email, however that is spelt", () => {
    for (const detail of ["E-Mail-Adresse bereits vergeben", "The EMAIL is taken", "Un email già usato"])
      expect(judged(detail)).toBe("holds");
    expect(judged("It exists already.")).toBe("broken");
    expect(judged(null)).toBe("broken");
    expect(judged("The email is taken.", 400)).toBe("broken");
  });

  it("says what was permitted, and that another status was about something taken", () => {
    const told = (body: Json) => conflictNamesEmail.judge(evidenceOf(400, body), {});
    const expected = "success, or 409 with a detail that names the email";
    expect(told({ ...error, scimType: "uniqueness" })).toMatchObject({
      differences: [{ where: "status", expected, actual: "400 uniqueness" }],
    });
    expect(told({ ...error, scimType: "invalidValue" })).toMatchObject({
      differences: [{ where: "status", expected, actual: "400" }],
    });
  });

  it("is open for a text in a language that nobody here can read", () => {
    expect(judged("このメールアドレスは使われています。")).toBe("unknown");
  });
});
