/** An awkward person: templates in which `{name}` is the unique name and `{Name}` the same in mixed case. */
export interface PersonTemplate {
  readonly userName?: string;
  readonly givenName?: string;
  readonly familyName?: string;
}

export interface GroupTemplate {
  readonly groupName: string;
}

/** The people and groups that scenarios ask for by label; any other label is an ordinary one. */
export interface People {
  readonly people: Readonly<Record<string, PersonTemplate>>;
  readonly groups: Readonly<Record<string, GroupTemplate>>;
  readonly givenNames: readonly string[];
  readonly familyNames: readonly string[];
}

/** The kinds of text that `${unique.kind}` and `${unique.label.kind}` can ask for. */
export const UNIQUE_KINDS: readonly string[] = [
  "userName",
  "email",
  "givenName",
  "familyName",
  "displayName",
  "externalId",
  "password",
  "groupName",
  "token",
];
