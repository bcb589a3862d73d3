import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";
import { listening, type RunningServer } from "../running-server.ts";
import { Directory, type Stored } from "./directory.ts";

/** Starts SCIMMY on Express 4, over a directory held in memory, on a free port of the loopback address. */
export async function start(): Promise<RunningServer & { readonly directory: Directory }> {
  const token = randomBytes(24).toString("base64url");
  const directory = new Directory();
  declareResources(directory);
  const app = express();
  const routers = new SCIMMYRouters({
    type: "bearer",
    handler: (request) => {
      if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("The token is not known.");
      return "okta";
    },
    baseUri: (request) => `http://${request.header("Host")}`,
  });
  app.use("/scim/v2", routers as unknown as express.Handler);
  return { ...(await listening(createServer(app), "/scim/v2")), token, directory };
}

/** Hands SCIMMY the handlers its documentation asks for. SCIMMY is one object per process: so is this server. */
function declareResources(directory: Directory): void {
  SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    extensions: [{ schema: SCIMMY.Schemas.EnterpriseUser, required: false }],
    ingress: (resource: Asked, user: unknown) => directory.writeUser(resource.id, plain(user)),
    egress: (resource: Asked) =>
      resource.id === undefined ? matching(resource, directory.allUsers()) : directory.user(resource.id),
    degress: (resource: Asked) => directory.deleteUser(String(resource.id)),
  } as never);
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
    ingress: (resource: Asked, group: unknown) => directory.writeGroup(resource.id, plain(group)),
    egress: (resource: Asked) =>
      resource.id === undefined
        ? matching(resource, [...directory.groups.values()])
        : directory.group(resource.id),
    degress: (resource: Asked) => directory.deleteGroup(String(resource.id)),
  } as never);
}

/** What SCIMMY tells a handler about the request. */
interface Asked {
  readonly id?: string;
  readonly filter?: { match(resources: readonly object[]): readonly object[] };
}

/** SCIMMY hands over the filter it has parsed, with a `match` of its own; paging and sorting it does itself. */
const matching = (resource: Asked, all: readonly Stored[]) =>
  resource.filter === undefined ? [...all] : [...resource.filter.match(all)];

/** SCIMMY's schema instances are made of accessors and proxies; what is kept is their JSON. */
const plain = (instance: unknown) => JSON.parse(JSON.stringify(instance)) as Record<string, unknown>;
