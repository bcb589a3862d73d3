import type { Check } from "../../model/evidence.ts";
import { acceptedLike } from "./accepted-like.ts";
import { acceptedUnlessUnique } from "./accepted-unless-unique.ts";
import { acknowledgedMembers } from "./acknowledged-members.ts";
import { activeAgain } from "./active-again.ts";
import { agreesWithLookUp } from "./agrees-with-look-up.ts";
import { appliedIfAcknowledged } from "./applied-if-acknowledged.ts";
import { declaredAttributes, declaredTypes, optionalAsDeclared, storedAsDeclared } from "./as-declared.ts";
import { baseUrlForOkta } from "./base-url-for-okta.ts";
import { bulkResults } from "./bulk-results.ts";
import { burstAnswered, burstDistinctIds } from "./burst-answers.ts";
import {
  burstRefusalErrors,
  burstRefusedBy429,
  burstRetryAfterGiven,
  burstRetryAfterSeconds,
} from "./burst-refusals.ts";
import { burstRefusalsTraceless, burstRetriesCreated, burstWaitHonest } from "./burst-retries.ts";
import { challenge } from "./challenge.ts";
import { conflict, conflictError, conflictNamesEmail, conflictType } from "./conflict.ts";
import { declares } from "./declares.ts";
import { requiredExtension, sameListing, schemasKnown, wholeListing } from "./discovery-lists.ts";
import { eachListed } from "./each-listed.ts";
import { emptyList } from "./empty-list.ts";
import { entitlementTypes, extensionSchemas } from "./entitlement-types.ts";
import { entitlementValues } from "./entitlement-values.ts";
import { noInternals, wordedDetail } from "./error-detail.ts";
import { errorPart } from "./error-part.ts";
import { everyoneOnce } from "./everyone-once.ts";
import { externalIdKept } from "./external-id-kept.ts";
import { filterFinds, filterRefused, totalLike } from "./filter-finds.ts";
import { fullPages } from "./full-pages.ts";
import { groupGrown } from "./group-grown.ts";
import { groupsFollow } from "./groups-follow.ts";
import { groupsNamed } from "./groups-named.ts";
import { honestPageSizes } from "./honest-page-sizes.ts";
import { identifiedUsers } from "./identified-users.ts";
import { integerCounters } from "./integer-counters.ts";
import { anotherId, bodyWithId, idIsText } from "./issued-id.ts";
import { itemsPerPage } from "./items-per-page.ts";
import { jsonBody } from "./json-body.ts";
import { keptLike } from "./kept-like.ts";
import { listResponse } from "./list-response.ts";
import { locationLeads, referencesLead, sameLocation } from "./location.ts";
import { lookUpFinds } from "./look-up-finds.ts";
import { mediaType } from "./media-type.ts";
import { membersAfterPush } from "./members-after-push.ts";
import { membersExactly } from "./members-exactly.ts";
import { metaTimes } from "./meta-times.ts";
import { minimumProfile } from "./minimum-profile.ts";
import { modifiedSince } from "./modified-since.ts";
import { nameFreeAgain } from "./name-free-again.ts";
import { namespaces } from "./namespaces.ts";
import { noPassword } from "./no-password.ts";
import { noServerErrors } from "./no-server-errors.ts";
import { notRepeated } from "./not-repeated.ts";
import { onOnePage } from "./on-one-page.ts";
import { noSuchEndpoint, statusIfOffered, unchangedIfOffered } from "./optional-part.ts";
import { pagePastEnd } from "./page-past-end.ts";
import { pageWithinCount } from "./page-within-count.ts";
import { allCreated, oneOfSent } from "./parallel-writes.ts";
import { patchAnswer } from "./patch-answer.ts";
import { leftOut, onlyAttributes } from "./projection.ts";
import { pushRefusal } from "./push-refusal.ts";
import { pushesAccepted } from "./pushes-accepted.ts";
import { pushesInTime } from "./pushes-in-time.ts";
import { raceLosers } from "./race-losers.ts";
import { raceWinner } from "./race-winner.ts";
import { refusedPushTraceless } from "./refused-push-traceless.ts";
import { sameOrder } from "./same-order.ts";
import { sameResource } from "./same-resource.ts";
import { noNesting, schemaNames, schemaWords } from "./schema-grammar.ts";
import { scimError } from "./scim-error.ts";
import { scimType } from "./scim-type.ts";
import { shownInactive } from "./shown-inactive.ts";
import { showsChange } from "./shows-change.ts";
import { showsSent } from "./shows-sent.ts";
import { sortedBy } from "./sorted-by.ts";
import { startIndexEchoed } from "./start-index-echoed.ts";
import { targetChecks } from "./target/index.ts";
import { textShown } from "./text-shown.ts";
import { tlsAddress } from "./tls-address.ts";
import { togetherOnce } from "./together-once.ts";
import { totalCovers } from "./total-covers.ts";
import { unsupportedRefused } from "./unsupported-refused.ts";
import { userEntitlements } from "./user-entitlements.ts";
import { eachOnce, onePrimary } from "./value-sets.ts";
import { vanishedUser } from "./vanished-user.ts";
import { versionHeader } from "./version-header.ts";
import { wholeOrNoMembers } from "./whole-or-no-members.ts";
import { wholeTotal } from "./whole-total.ts";

/** Every named check, one file each. */
export const namedChecks: readonly Check[] = [
  acceptedLike,
  activeAgain,
  agreesWithLookUp,
  appliedIfAcknowledged,
  baseUrlForOkta,
  anotherId,
  bodyWithId,
  conflict,
  conflictError,
  conflictNamesEmail,
  conflictType,
  idIsText,
  lookUpFinds,
  showsSent,
  burstAnswered,
  burstDistinctIds,
  burstRefusalErrors,
  burstRefusalsTraceless,
  burstRefusedBy429,
  burstRetriesCreated,
  burstRetryAfterGiven,
  burstRetryAfterSeconds,
  burstWaitHonest,
  integerCounters,
  itemsPerPage,
  jsonBody,
  listResponse,
  minimumProfile,
  membersAfterPush,
  membersExactly,
  noInternals,
  noPassword,
  pageWithinCount,
  patchAnswer,
  raceLosers,
  raceWinner,
  sameResource,
  scimError,
  shownInactive,
  totalCovers,
  vanishedUser,
  wordedDetail,
  everyoneOnce,
  fullPages,
  honestPageSizes,
  onOnePage,
  pagePastEnd,
  sameOrder,
  startIndexEchoed,
  wholeTotal,
  groupsNamed,
  acknowledgedMembers,
  identifiedUsers,
  groupGrown,
  pushRefusal,
  pushesAccepted,
  pushesInTime,
  refusedPushTraceless,
  togetherOnce,
  wholeOrNoMembers,
  declaredAttributes,
  declaredTypes,
  optionalAsDeclared,
  storedAsDeclared,
  acceptedUnlessUnique,
  challenge,
  declares,
  requiredExtension,
  sameListing,
  schemasKnown,
  wholeListing,
  eachListed,
  emptyList,
  entitlementTypes,
  extensionSchemas,
  entitlementValues,
  userEntitlements,
  errorPart,
  externalIdKept,
  groupsFollow,
  keptLike,
  locationLeads,
  referencesLead,
  sameLocation,
  metaTimes,
  nameFreeAgain,
  namespaces,
  noServerErrors,
  notRepeated,
  leftOut,
  onlyAttributes,
  noNesting,
  schemaNames,
  schemaWords,
  scimType,
  sortedBy,
  tlsAddress,
  unsupportedRefused,
  eachOnce,
  onePrimary,
  mediaType,
  bulkResults,
  filterFinds,
  filterRefused,
  totalLike,
  modifiedSince,
  noSuchEndpoint,
  statusIfOffered,
  unchangedIfOffered,
  allCreated,
  oneOfSent,
  showsChange,
  versionHeader,
  textShown,
  ...targetChecks,
];
