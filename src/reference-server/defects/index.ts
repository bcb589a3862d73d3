import { activation } from "./activation.ts";
import { authentication } from "./authentication.ts";
import { bodyLabels } from "./body-labels.ts";
import { create } from "./create.ts";
import { createAnswers } from "./create-answers.ts";
import { credentialTest } from "./credential-test.ts";
import type { Defect } from "./defect.ts";
import { entitlements } from "./entitlements.ts";
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
import { lookUpInactive } from "./look-up-inactive.ts";
import { lookUpQueries } from "./look-up-queries.ts";
import { lookUpStrangers } from "./look-up-strangers.ts";
import { membersAdd } from "./members-add.ts";
import { membersRemove } from "./members-remove.ts";
import { membersReplace } from "./members-replace.ts";
import { password } from "./password.ts";
import { patch } from "./patch.ts";
import { put } from "./put.ts";
import { rateLimit } from "./rate-limit.ts";
import { read } from "./read.ts";
import { rfcCreating } from "./rfc-creating.ts";
import { rfcDeletes } from "./rfc-deletes.ts";
import { rfcDiscovery } from "./rfc-discovery.ts";
import { rfcErrors } from "./rfc-errors.ts";
import { rfcFilterOperators } from "./rfc-filter-operators.ts";
import { rfcFilters } from "./rfc-filters.ts";
import { rfcGroups } from "./rfc-groups.ts";
import { rfcHonesty } from "./rfc-honesty.ts";
import { rfcLoad } from "./rfc-load.ts";
import { rfcOptional } from "./rfc-optional.ts";
import { rfcPaging } from "./rfc-paging.ts";
import { rfcPatchMessage } from "./rfc-patch-message.ts";
import { rfcPatchNames } from "./rfc-patch-names.ts";
import { rfcPatchOperations } from "./rfc-patch-operations.ts";
import { rfcPatchReplace } from "./rfc-patch-replace.ts";
import { rfcProjection } from "./rfc-projection.ts";
import { rfcReplacing } from "./rfc-replacing.ts";
import { rfcSchemas } from "./rfc-schemas.ts";
import { rfcSearch } from "./rfc-search.ts";
import { rfcTransport } from "./rfc-transport.ts";
import { rfcUserNames } from "./rfc-user-names.ts";
import { rfcValues } from "./rfc-values.ts";
import { shownActive } from "./shown-active.ts";
import { transport } from "./transport.ts";

/** Every defect the reference server can be given, one file a theme. */
export const defects: readonly Defect[] = [
  ...activation,
  ...authentication,
  ...bodyLabels,
  ...create,
  ...createAnswers,
  ...credentialTest,
  ...entitlements,
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
  ...lookUpInactive,
  ...lookUpQueries,
  ...lookUpStrangers,
  ...membersAdd,
  ...membersRemove,
  ...membersReplace,
  ...password,
  ...patch,
  ...put,
  ...rateLimit,
  ...read,
  ...rfcFilters,
  ...rfcFilterOperators,
  ...rfcPaging,
  ...rfcProjection,
  ...rfcCreating,
  ...rfcUserNames,
  ...rfcSearch,
  ...rfcDeletes,
  ...rfcGroups,
  ...rfcLoad,
  ...rfcOptional,
  ...rfcPatchMessage,
  ...rfcPatchNames,
  ...rfcPatchOperations,
  ...rfcPatchReplace,
  ...rfcReplacing,
  ...rfcDiscovery,
  ...rfcSchemas,
  ...rfcHonesty,
  ...rfcErrors,
  ...rfcTransport,
  ...rfcValues,
  ...shownActive,
  ...transport,
];
