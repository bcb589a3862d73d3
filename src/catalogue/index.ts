import type { Behaviour } from "../model/behaviour.ts";
import { authentication } from "./okta/authentication.ts";
import { create } from "./okta/create.ts";
import { credentials } from "./okta/credentials.ts";
import { deactivate } from "./okta/deactivate.ts";
import { userDelete } from "./okta/delete.ts";
import { entitlements } from "./okta/entitlements.ts";
import { errors } from "./okta/errors.ts";
import { groupDelete } from "./okta/group-delete.ts";
import { groupLink } from "./okta/group-link.ts";
import { groupPush } from "./okta/group-push.ts";
import { groupRename } from "./okta/group-rename.ts";
import { imports } from "./okta/import.ts";
import { largeGroup } from "./okta/large-group.ts";
import { link } from "./okta/link.ts";
import { lookUp } from "./okta/look-up.ts";
import { member } from "./okta/member.ts";
import { password } from "./okta/password.ts";
import { patch } from "./okta/patch.ts";
import { put } from "./okta/put.ts";
import { rateLimit } from "./okta/rate-limit.ts";
import { read } from "./okta/read.ts";
import { robustness } from "./okta/robustness.ts";
import { transport } from "./okta/transport.ts";
import { rfcAToF } from "./rfc/a-to-f.ts";
import { rfcGToP } from "./rfc/g-to-p.ts";

/** Every behaviour, in the order of Okta's errands. */
export const catalogue: readonly Behaviour[] = [
  ...credentials,
  ...transport,
  ...lookUp,
  ...create,
  ...link,
  ...read,
  ...put,
  ...patch,
  ...deactivate,
  ...userDelete,
  ...password,
  ...imports,
  ...groupPush,
  ...member,
  ...groupRename,
  ...groupDelete,
  ...groupLink,
  ...largeGroup,
  ...rateLimit,
  ...authentication,
  ...errors,
  ...robustness,
  ...entitlements,
  ...rfcAToF,
  ...rfcGToP,
];
