import { groupType, userType } from "./schemas.ts";
import type { Store } from "./store.ts";

export interface SeedGroup {
  readonly displayName: string;
  /** How many of the seeded users to put into it. */
  readonly members: number;
}

/** Fills a store with people nobody could take for real ones, and groups of them. */
export function seedStore(store: Store, users: number, groups: readonly SeedGroup[]): void {
  // Numbers go on where the last seeding stopped, so that no name comes twice.
  const first = store.made + 1;
  const ids: string[] = [];
  for (let number = first; number < first + users; number += 1) {
    const userName = `seeded.${number}@example.com`;
    const user = store.insert(userType, {
      userName,
      name: { givenName: "Seeded", familyName: `Person ${number}` },
      displayName: `Seeded Person ${number}`,
      emails: [{ value: userName, type: "work", primary: true }],
      externalId: `seed-${number}`,
      active: true,
    });
    ids.push(user.id);
  }
  for (const { displayName, members } of groups) {
    store.insert(groupType, { displayName }, ids.slice(0, members));
  }
}
