import { badRequest } from "../errors.ts";
import type { Defect } from "./defect.ts";
import { showing } from "./sent.ts";
import { putUser, spoiling } from "./spoil.ts";

/** What servers do wrong with a password that is synchronised. */
export const password: readonly Defect[] = [
  {
    name: "put-refuses-password",
    title: "A replace that carries a password is refused: it is to be changed elsewhere.",
    layer: "app",
    target: ["OKTA-PASSWORD-01.accepted"],
    also: [],
    make: spoiling(putUser, ({ resource, body }, proceed) => {
      if (resource !== undefined && body.password !== undefined)
        throw badRequest("mutability", "password cannot be written here.");
      return proceed();
    }),
  },
  {
    name: "put-echoes-password",
    title: "The answer to a replace repeats the password that was sent.",
    layer: "app",
    target: ["OKTA-PASSWORD-01.never-shown"],
    also: [],
    make: spoiling(putUser, ({ body }, proceed) => showing(proceed(), { password: body.password })),
  },
];
