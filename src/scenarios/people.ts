import { type Decoded, decodeYamlFile, z } from "../decode/index.ts";
import type { GroupTemplate, People, PersonTemplate } from "../model/people.ts";
import type { Problem } from "../model/problem.ts";

const name = z.string().min(1);
/** Without `{name}` nothing would tell ours from theirs. */
const uniqueName = name.regex(/\{[nN]ame\}/, { error: "Expected a text with `{name}` in it." });

const peopleShape = z.strictObject({
  people: z.record(
    name,
    z.strictObject({
      userName: uniqueName.optional(),
      givenName: name.optional(),
      familyName: name.optional(),
    }),
  ),
  groups: z.record(name, z.strictObject({ groupName: uniqueName })),
  "given-names": z.array(name).min(1),
  "family-names": z.array(name).min(1),
});

export type LoadedPeople =
  | { readonly ok: true; readonly people: People }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads `fixtures/people/people.yaml`: the names scenarios draw on, with the awkward people and groups by label. */
export function loadPeople(file: string): LoadedPeople {
  const decoded: Decoded<z.infer<typeof peopleShape>> = decodeYamlFile(file, peopleShape);
  if (!decoded.ok) return decoded;
  const { people, groups, "given-names": givenNames, "family-names": familyNames } = decoded.value;
  return {
    ok: true,
    people: {
      people: people as Readonly<Record<string, PersonTemplate>>,
      groups: groups as Readonly<Record<string, GroupTemplate>>,
      givenNames,
      familyNames,
    },
  };
}
