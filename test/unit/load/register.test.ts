import { describe, expect, it } from "vitest";
import type { Certainty, Effect } from "../../../src/load/effects.ts";
import { MEMBERSHIP } from "../../../src/load/group-entry.ts";
import { ACTIVITY, PRESENCE, Register } from "../../../src/load/register.ts";
import { type RegisterText, registerFrom, registerText } from "../../../src/load/register-text.ts";

const GROUP = 9;

function registered(
  ...effects: readonly (readonly [Effect, Certainty, number, number, number, number])[]
): Register {
  const register = new Register();
  for (const [effect, certainty, number, other, sentAt, endedAt] of effects) {
    register.took(effect, certainty, number, other, "", sentAt, endedAt);
  }
  return register;
}

/** As a shard's file brings it to whoever merges. */
const reread = (text: RegisterText) => registerFrom(JSON.parse(JSON.stringify(text)));

const membership = (register: Register, user: number) => register.group(GROUP).members.stateOf(user);

describe("the register of what was acknowledged", () => {
  it("keeps the last of writes that follow one another, however closely", () => {
    const register = registered(
      ["member-added", "acknowledged", GROUP, 1, 0, 1],
      ["member-removed", "acknowledged", GROUP, 1, 1, 1.2],
    );
    expect(membership(register, 1)).toBe(MEMBERSHIP.removed);
  });

  it("knows nothing of opposite writes that overlapped, until one follows", () => {
    const register = registered(
      ["member-added", "acknowledged", GROUP, 1, 0, 5],
      ["member-removed", "acknowledged", GROUP, 1, 3, 6],
    );
    expect(membership(register, 1)).toBe(MEMBERSHIP.unsure);
    register.took("member-added", "acknowledged", GROUP, 1, "", 7, 8);
    expect(membership(register, 1)).toBe(MEMBERSHIP.member);
  });

  it("is sure of overlapping writes that agree, and of those about other people", () => {
    const register = registered(
      ["member-added", "acknowledged", GROUP, 1, 0, 5],
      ["member-added", "acknowledged", GROUP, 1, 3, 6],
      ["member-removed", "acknowledged", GROUP, 2, 3, 6],
    );
    expect(membership(register, 1)).toBe(MEMBERSHIP.member);
    expect(membership(register, 2)).toBe(MEMBERSHIP.removed);
  });

  it("never again knows what a write without an answer left: it may still be carried out", () => {
    const register = registered(
      ["member-added", "unsure", GROUP, 1, 0, 5],
      ["member-removed", "acknowledged", GROUP, 1, 6, 7],
    );
    expect(membership(register, 1)).toBe(MEMBERSHIP.neverKnown);
  });

  it("takes a replacement of all members as clearing and adding, without doubt about its own", () => {
    const register = registered(
      ["member-added", "acknowledged", GROUP, 1, 0, 1],
      ["members-cleared", "acknowledged", GROUP, 0, 2, 4],
      ["member-added", "acknowledged", GROUP, 2, 2, 4],
      // This add travelled at the same time: it came before the replacement, or after.
      ["member-added", "acknowledged", GROUP, 3, 3, 5],
    );
    expect(membership(register, 1)).toBe(MEMBERSHIP.removed);
    expect(membership(register, 2)).toBe(MEMBERSHIP.member);
    expect(membership(register, 3)).toBe(MEMBERSHIP.unsure);
  });

  it("is sure of a replacement that follows another one, and of whoever is in both", () => {
    const register = registered(
      ["members-cleared", "acknowledged", GROUP, 0, 0, 4],
      ["member-added", "acknowledged", GROUP, 1, 0, 4],
      ["member-added", "acknowledged", GROUP, 2, 0, 4],
      ["members-cleared", "acknowledged", GROUP, 0, 5, 9],
      ["member-added", "acknowledged", GROUP, 2, 5, 9],
      ["member-added", "acknowledged", GROUP, 3, 5, 9],
    );
    expect([1, 2, 3].map((user) => membership(register, user))).toEqual([
      MEMBERSHIP.removed,
      MEMBERSHIP.member,
      MEMBERSHIP.member,
    ]);
  });

  it.each([
    ["ended later", 5, 9],
    ["ended at the same time", 5, 8],
  ])("knows of nobody in two replacements that overlapped, when the second %s", (_how, sent, ended) => {
    const register = registered(
      ["members-cleared", "acknowledged", GROUP, 0, 0, 8],
      ["member-added", "acknowledged", GROUP, 1, 0, 8],
      ["members-cleared", "acknowledged", GROUP, 0, sent, ended],
      ["member-added", "acknowledged", GROUP, 2, sent, ended],
    );
    expect([1, 2].map((user) => membership(register, user))).toEqual([MEMBERSHIP.unsure, MEMBERSHIP.unsure]);
  });

  it("knows of nobody who is added after a replacement without an answer: it may still be carried out", () => {
    const register = registered(
      ["members-cleared", "unsure", GROUP, 0, 0, 4],
      ["member-added", "unsure", GROUP, 1, 0, 4],
      ["member-added", "acknowledged", GROUP, 2, 5, 6],
    );
    expect(membership(register, 2)).toBe(MEMBERSHIP.neverKnown);
  });

  it("lets an acknowledgement count for more than refusals, and a silence for more than a refusal", () => {
    const register = registered(
      ["user-created", "refused", 1, 0, 0, 1],
      ["user-created", "acknowledged", 1, 0, 2, 3],
      ["user-created", "refused", 2, 0, 0, 1],
      ["user-created", "unsure", 3, 0, 0, 1],
      ["user-created", "refused", 3, 0, 2, 3],
    );
    expect([1, 2, 3].map((user) => register.presenceOf(user))).toEqual([
      PRESENCE.there,
      PRESENCE.refused,
      PRESENCE.unsure,
    ]);
  });

  it("follows a person through renaming, leave and return", () => {
    const register = registered(
      ["user-created", "acknowledged", 1, 0, 0, 1],
      ["user-deactivated", "acknowledged", 1, 0, 2, 3],
      ["user-renamed", "acknowledged", 1, 4, 4, 5],
    );
    expect(register.presenceOf(1)).toBe(PRESENCE.gone);
    expect(register.presenceOf(4)).toBe(PRESENCE.there);
    expect(register.activityOf(4)).toBe(ACTIVITY.inactive);
  });

  it("comes back from its text as it was", () => {
    const register = registered(
      ["user-created", "acknowledged", 1, 0, 0, 1],
      ["user-created", "acknowledged", 2, 0, 0, 1],
      ["user-created", "refused", 700, 0, 0, 1],
      ["user-deactivated", "acknowledged", 2, 0, 2, 3],
      ["group-created", "acknowledged", GROUP, 0, 0, 1],
      ["member-added", "acknowledged", GROUP, 1, 2, 3],
      ["member-added", "unsure", GROUP, 2, 2, 3],
    );
    const text = registerText(register);
    const again = reread(text);
    expect(registerText(again)).toEqual(text);
    expect(again.presenceOf(700)).toBe(PRESENCE.refused);
    expect(again.activityOf(2)).toBe(ACTIVITY.inactive);
    expect(membership(again, 2)).toBe(MEMBERSHIP.neverKnown);
  });

  it("tells ids of people in its text, whatever is between their numbers", () => {
    const register = new Register();
    for (const number of [7, 5, 4, 90]) {
      register.took("user-created", "acknowledged", number, 0, `id "${number}"`, 0, 1);
    }
    const text = registerText(register);
    expect(text.ids).toEqual([
      [4, ['id "4"', 'id "5"']],
      [7, ['id "7"']],
      [90, ['id "90"']],
    ]);
    const again = reread(text);
    expect([4, 5, 6, 7, 90].map((number) => again.ids.idOf(number))).toEqual([
      'id "4"',
      'id "5"',
      undefined,
      'id "7"',
      'id "90"',
    ]);
  });

  it("tells in its text what was refused", () => {
    const register = registered(
      ["user-created", "acknowledged", 1, 0, 0, 1],
      ["user-deleted", "refused", 1, 0, 2, 3],
      ["user-deactivated", "refused", 2, 0, 2, 3],
      ["user-renamed", "refused", 2, 5, 2, 3],
      ["member-added", "acknowledged", GROUP, 1, 4, 5],
      ["member-removed", "refused", GROUP, 1, 6, 7],
    );
    const { refused } = reread(registerText(register));
    expect([refused.has("deleted", 1), refused.has("deactivated", 1)]).toEqual([true, false]);
    expect([refused.has("deleted", 2), refused.has("deactivated", 2)]).toEqual([false, true]);
    expect([...refused.namesOf(2)]).toEqual([5]);
    expect(refused.hasMember("removed", GROUP, 1)).toBe(true);
    expect(refused.hasMember("added", GROUP, 1)).toBe(false);
  });

  it("refuses a text that would fill the memory", () => {
    const text = registerText(new Register());
    expect(() => registerFrom({ ...text, users: [0, 2_000_000_000, 1] })).toThrow("out of range");
  });
});

describe("what was refused", () => {
  it("is overtaken by what is acknowledged after it", () => {
    const { refused } = registered(
      ["user-deactivated", "refused", 1, 0, 0, 1],
      ["user-reactivated", "acknowledged", 1, 0, 2, 3],
      ["member-removed", "refused", GROUP, 1, 0, 1],
      ["member-added", "acknowledged", GROUP, 1, 2, 3],
    );
    expect(refused.has("deactivated", 1)).toBe(false);
    expect(refused.hasMember("removed", GROUP, 1)).toBe(false);
  });

  it("is not what was refused because there was nothing to take away", () => {
    const { refused } = registered(
      ["user-deleted", "found-nothing", 1, 0, 0, 1],
      ["member-removed", "found-nothing", GROUP, 1, 0, 1],
    );
    expect([refused.has("deleted", 1), refused.hasMember("removed", GROUP, 1)]).toEqual([false, false]);
  });

  it("is, of a replacement of all members, the removal of those whom it leaves out", () => {
    const { refused } = registered(
      ["member-added", "acknowledged", GROUP, 1, 0, 1],
      ["member-added", "acknowledged", GROUP, 2, 0, 1],
      ["members-cleared", "refused", GROUP, 0, 2, 3],
      ["member-added", "refused", GROUP, 2, 2, 3],
    );
    expect([1, 2].map((user) => refused.hasMember("removed", GROUP, user))).toEqual([true, false]);
  });

  it("goes with the person to another name", () => {
    const { refused } = registered(
      ["user-deleted", "refused", 1, 0, 0, 1],
      ["user-renamed", "acknowledged", 1, 2, 2, 3],
    );
    expect(refused.has("deleted", 2)).toBe(true);
  });
});
