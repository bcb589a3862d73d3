import type { Behaviour } from "../model/behaviour.ts";
import { authentication } from "./okta/authentication.ts";
import { CREATE } from "./okta/create.ts";
import { credentials } from "./okta/credentials.ts";
import { DEACTIVATE } from "./okta/deactivate.ts";
import { DELETE } from "./okta/delete.ts";
import { ENTITLEMENTS } from "./okta/entitlements.ts";
import { errors } from "./okta/errors.ts";
import { GROUP_DELETE } from "./okta/group-delete.ts";
import { GROUP_LINK } from "./okta/group-link.ts";
import { GROUP_PUSH } from "./okta/group-push.ts";
import { GROUP_RENAME } from "./okta/group-rename.ts";
import { IMPORT } from "./okta/import.ts";
import { LINK } from "./okta/link.ts";
import { lookUp } from "./okta/look-up.ts";
import { MEMBER } from "./okta/member.ts";
import { PASSWORD } from "./okta/password.ts";
import { PATCH } from "./okta/patch.ts";
import { PUT } from "./okta/put.ts";
import { READ } from "./okta/read.ts";
import { ROBUSTNESS } from "./okta/robustness.ts";
import { transport } from "./okta/transport.ts";

/** Every behaviour, in the order of Okta's errands. */
export const catalogue: readonly Behaviour[] = [
  ...credentials,
  ...transport,
  ...lookUp,
  ...CREATE,
  ...LINK,
  ...READ,
  ...PUT,
  ...PATCH,
  ...DEACTIVATE,
  ...DELETE,
  ...PASSWORD,
  ...IMPORT,
  ...GROUP_PUSH,
  ...MEMBER,
  ...GROUP_RENAME,
  ...GROUP_DELETE,
  ...GROUP_LINK,
  ...authentication,
  ...errors,
  ...ROBUSTNESS,
  ...ENTITLEMENTS,
];
