import fc from "fast-check";
import { describe, expect } from "vitest";
import { markerOf, Names } from "../../src/engine/names.ts";
import { noLedger } from "../../src/ledger/file-ledger.ts";
import { nameReader } from "../../src/load/read-back.ts";
import { seededRandom } from "../../src/model/clock.ts";
import { holds } from "./property.ts";

const people = { people: {}, groups: {}, givenNames: ["Ann", "Zoë"], familyNames: ["Lee", "O'Neill"] };
const runId = fc.string({ unit: fc.constantFrom(..."abcxyz019"), minLength: 6, maxLength: 6 });
const number = fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 9_999_999_999 }));
/** What servers make of letter case. */
const CASES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
];

describe("a name of ours", () => {
  holds(
    "own-names",
    "tells its run and its number, whatever a server makes of its letter case; nobody else's tells one",
    fc.record({
      runId,
      other: runId,
      number,
      kind: fc.constantFrom("userName", "groupName", "email"),
      spelling: fc.nat(CASES.length - 1),
      stranger: fc.string({ unit: "binary" }),
    }),
    ({ runId: own, other, number: of, kind, spelling, stranger }) => {
      const names = new Names(own, noLedger, people, seededRandom(1));
      const spelled = (CASES[spelling] ?? String)(names.textOf(kind, "", of));
      expect([names.isOurs(spelled), names.numberIn(spelled)]).toEqual([true, of]);
      const runs = own === other ? [own] : [other, own];
      expect(nameReader(runs.map(markerOf))(spelled)).toEqual({ run: runs.indexOf(own), number: of });
      const theirs = new Names(other, noLedger, people, seededRandom(1));
      expect(theirs.isOurs(spelled)).toBe(own === other);
      for (const name of [stranger, `scim-check-${stranger}-1`, markerOf(own).slice(0, -1)]) {
        if (name.toLowerCase().includes(markerOf(own))) continue;
        expect([names.isOurs(name), names.numberIn(name), nameReader([markerOf(own)])(name)]).toEqual([
          false,
          undefined,
          undefined,
        ]);
      }
    },
    { runs: 300 },
  );

  holds(
    "own-numbers",
    "has a number that no other name of the run has, in every text that is made of it but for those that people share",
    fc.record({
      runId,
      first: number,
      second: number,
      kind: fc.constantFrom("userName", "groupName", "externalId"),
    }),
    ({ runId: own, first, second, kind }) => {
      const names = new Names(own, noLedger, people, seededRandom(1));
      const [one, two] = [first, second].map((of) => names.textOf(kind, "", of).toLowerCase());
      expect(one === two).toBe(first === second);
    },
    { runs: 300 },
  );
});
