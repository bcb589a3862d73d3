import { activation } from "./activation.ts";
import { authentication } from "./authentication.ts";
import { create } from "./create.ts";
import { createAnswers } from "./create-answers.ts";
import { credentialTest } from "./credential-test.ts";
import type { Defect } from "./defect.ts";
import { errors } from "./errors.ts";
import { groupDelete } from "./group-delete.ts";
import { groupLink } from "./group-link.ts";
import { groupLookUp } from "./group-look-up.ts";
import { groupPush } from "./group-push.ts";
import { groupRename } from "./group-rename.ts";
import { importGroups } from "./import-groups.ts";
import { importUsers } from "./import-users.ts";
import { largeGroups } from "./large-groups.ts";
import { link } from "./link.ts";
import { lookUp } from "./look-up.ts";
import { lookUpQueries } from "./look-up-queries.ts";
import { membersAdd } from "./members-add.ts";
import { membersRemove } from "./members-remove.ts";
import { membersReplace } from "./members-replace.ts";
import { password } from "./password.ts";
import { patch } from "./patch.ts";
import { put } from "./put.ts";
import { rateLimit } from "./rate-limit.ts";
import { read } from "./read.ts";
import { shownActive } from "./shown-active.ts";
import { transport } from "./transport.ts";

/** Every defect the reference server can be given, one file a theme. */
export const defects: readonly Defect[] = [
  ...activation,
  ...authentication,
  ...create,
  ...createAnswers,
  ...credentialTest,
  ...errors,
  ...groupDelete,
  ...groupLink,
  ...groupLookUp,
  ...groupPush,
  ...groupRename,
  ...importGroups,
  ...importUsers,
  ...largeGroups,
  ...link,
  ...lookUp,
  ...lookUpQueries,
  ...membersAdd,
  ...membersRemove,
  ...membersReplace,
  ...password,
  ...patch,
  ...put,
  ...rateLimit,
  ...read,
  ...shownActive,
  ...transport,
];
