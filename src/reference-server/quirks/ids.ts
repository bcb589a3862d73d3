import type { MakeId } from "../store.ts";
import { replying } from "./make.ts";
import type { Quirk } from "./quirk.ts";

const OPAQUE = "RFC 7643 section 3.1: an id is any text that is not empty, is unique and stays the same";

const making = (makeId: MakeId) => () => ({ makeId });

/** An id that this server would never make, and that no route of it takes. */
const NO_ID = /\/(?:Users|Groups)\/0\d{9,}(?:\?|$)/;

/** The forms that ids take. Of several the last one counts. */
export const ids: readonly Quirk[] = [
  {
    name: "ids-of-digits",
    title: "Ids are small numbers, written as text.",
    permittedBy: OPAQUE,
    layer: "app",
    make: making((sequence) => String(100 + sequence)),
  },
  {
    name: "ids-counted-apart",
    title: "People and groups are numbered apart, so that a group can have the id of a person.",
    permittedBy:
      "Okta names the collection in every request. RFC 7643 section 3.1 asks for more, which no check here holds against a server",
    layer: "app",
    make: () => {
      const made = { User: 0, Group: 0 };
      return {
        makeId: (_sequence, _chance, type) => {
          made[type] += 1;
          return String(made[type]);
        },
      };
    },
  },
  {
    name: "ids-with-punctuation",
    title: "Ids have dots, dashes, colons and an at sign in them.",
    permittedBy: `${OPAQUE}; Okta, group membership: ids may hold dots, dashes or colons`,
    layer: "app",
    make: making((sequence, chance) => `urn:x-acme:p.${sequence}-${chance()}@eu~1`),
  },
  {
    name: "ids-that-need-escaping",
    title: "Ids have characters that an address can only carry percent-encoded.",
    permittedBy: OPAQUE,
    layer: "app",
    make: making((sequence, chance) => `CN=No ${sequence}+é/${chance()}?#%41`),
  },
  {
    name: "ids-in-upper-case",
    title: "Ids are UUIDs in capitals.",
    permittedBy: `${OPAQUE}; ids are case-exact`,
    layer: "app",
    make: making((sequence, chance) => {
      const [one, two] = [chance(), chance()];
      const last = sequence.toString(16).padStart(12, "0");
      return `${one}-${two.slice(0, 4)}-4${two.slice(4, 7)}-8${two.slice(5)}-${last}`.toUpperCase();
    }),
  },
  {
    name: "ids-differ-in-case-alone",
    title: "Ids are short, and some of them differ in nothing but letter case.",
    permittedBy: `${OPAQUE}; ids are case-exact`,
    layer: "app",
    make: making((sequence) => `id${lettersOf(sequence)}`),
  },
  {
    name: "long-ids",
    title: "Ids have 180 characters.",
    permittedBy: OPAQUE,
    layer: "app",
    make: making((sequence) => `${sequence}.`.padEnd(180, "eyJ0eXAi_")),
  },
  {
    name: "no-route-to-what-is-no-id",
    title: "What does not have the form of an id is no address here: 404, before a credential is looked at.",
    permittedBy:
      "RFC 9110 section 15.5.5: nothing is at that address; who has an account cannot be told from it",
    layer: "app",
    make: replying((reply, { target }) =>
      reply.status === 401 && NO_ID.test(target)
        ? { ...reply, status: 404, body: reply.body.replaceAll("401", "404") }
        : reply,
    ),
  },
];

/** Number 0 is `a`, 26 is `A`, and so on: neighbours by 26 differ in case alone. */
function lettersOf(sequence: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  let text = "";
  for (let rest = sequence; rest > 0; rest = Math.floor(rest / alphabet.length)) {
    text = `${alphabet[rest % alphabet.length] ?? ""}${text}`;
  }
  return text;
}
