import type { RunningServer } from "./running-server.ts";

/** Somebody who is there before a run, in a group, and has to be there unchanged after it; gives their ids. */
export async function addBystander(server: RunningServer): Promise<{ user: string; group: string }> {
  const user = await posted(server, "/Users", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName: "bystander@example.com",
    name: { givenName: "Bea", familyName: "Stander" },
    emails: [{ value: "bystander@example.com", type: "work", primary: true }],
  });
  const group = await posted(server, "/Groups", {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: "Bystanders",
    members: [{ value: user }],
  });
  return { user, group };
}

async function posted(server: RunningServer, path: string, body: object): Promise<string> {
  const answer = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${server.token}`, "Content-Type": "application/scim+json" },
    body: JSON.stringify(body),
  });
  const { id } = (await answer.json()) as { readonly id: string };
  return id;
}
