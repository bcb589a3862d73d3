import type { Context } from "../context.ts";
import { groupType, userType } from "../schemas.ts";
import { seedStore } from "../seed.ts";
import type { Store } from "../store.ts";
import { consistency } from "./consistency.ts";
import type { Make } from "./make.ts";
import type { Quirk } from "./quirk.ts";

/** Does something to the store before each request about resources; `count` is 1 for the first one. */
function beforeEach(start: () => (store: Store, count: number) => void): Make {
  return ({ operations }) => {
    const act = start();
    let count = 0;
    const met = (context: Context): Context => {
      count += 1;
      act(context.store, count);
      return context;
    };
    return {
      replace: {
        create: (context, type, request) => operations.create(met(context), type, request),
        read: (context, type, id, request) => operations.read(met(context), type, id, request),
        list: (context, types, request) => operations.list(met(context), types, request),
        search: (context, types, request) => operations.search(met(context), types, request),
        replace: (context, type, id, request) => operations.replace(met(context), type, id, request),
        modify: (context, type, id, request) => operations.modify(met(context), type, id, request),
        remove: (context, type, id, request) => operations.remove(met(context), type, id, request),
      },
    };
  };
}

const once = (act: (store: Store) => void) => () => (store: Store, count: number) => {
  if (count === 1) act(store);
};

/** Where reads have a copy of their own, others would be put into the copy. */
const LATE = consistency.map(({ name }) => name);

const RIGHTFUL = "nothing in RFC 7643, RFC 7644 or Okta's documents asks for a directory of its own";

/** Who else is in the directory, and works in it. */
export const tenant: readonly Quirk[] = [
  {
    name: "others-are-there",
    title: "The directory has 250 other users and 30 other groups.",
    permittedBy: RIGHTFUL,
    contradicts: LATE,
    layer: "app",
    make: beforeEach(
      once((store) => {
        const groups = Array.from({ length: 30 }, (_, index) => ({
          displayName: `Others ${index}`,
          members: index * 5,
        }));
        seedStore(store, 250, groups);
      }),
    ),
  },
  {
    name: "others-have-bare-profiles",
    title: "The first users of the directory have a userName and nothing else, one of them is inactive.",
    permittedBy: "RFC 7643 section 4.1.1: userName alone is required of a user",
    contradicts: LATE,
    layer: "app",
    make: beforeEach(
      once((store) => {
        store.insert(userType, { userName: "service-account" });
        store.insert(userType, { userName: "Günther Öztürk", active: false });
        store.insert(groupType, { displayName: "Everyone else" });
      }),
    ),
  },
  {
    name: "others-are-added-meanwhile",
    title: "Another client adds users, and changes its own, while we work.",
    permittedBy: RIGHTFUL,
    layer: "app",
    make: beforeEach(() => {
      const own: ReturnType<Store["insert"]>[] = [];
      return (store, count) => {
        if (count % 17 !== 0) return;
        const userName = `bystander.${count}@example.org`;
        own.push(
          store.insert(userType, {
            userName,
            name: { givenName: "By", familyName: "Stander" },
            emails: [{ value: userName, type: "work", primary: true }],
            active: true,
          }),
        );
        const [first] = own;
        if (first !== undefined) store.update(first, { ...first.attributes, title: `No ${count}` });
      };
    }),
  },
];
