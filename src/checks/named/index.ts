import type { Check } from "../../model/evidence.ts";
import { acceptedLike } from "./accepted-like.ts";
import { acknowledgedMembers } from "./acknowledged-members.ts";
import { agreesWithLookUp } from "./agrees-with-look-up.ts";
import { appliedIfAcknowledged } from "./applied-if-acknowledged.ts";
import { baseUrlForOkta } from "./base-url-for-okta.ts";
import { burstAnswered, burstDistinctIds } from "./burst-answers.ts";
import {
  burstRefusalErrors,
  burstRefusedBy429,
  burstRetryAfterGiven,
  burstRetryAfterSeconds,
} from "./burst-refusals.ts";
import { burstRefusalsTraceless, burstRetriesCreated, burstWaitHonest } from "./burst-retries.ts";
import { conflict, conflictError, conflictType } from "./conflict.ts";
import { noInternals, wordedDetail } from "./error-detail.ts";
import { everyoneOnce } from "./everyone-once.ts";
import { fullPages } from "./full-pages.ts";
import { groupGrown } from "./group-grown.ts";
import { groupsNamed } from "./groups-named.ts";
import { honestPageSizes } from "./honest-page-sizes.ts";
import { identifiedUsers } from "./identified-users.ts";
import { integerCounters } from "./integer-counters.ts";
import { anotherId, bodyWithId, idIsText } from "./issued-id.ts";
import { itemsPerPage } from "./items-per-page.ts";
import { jsonBody } from "./json-body.ts";
import { listResponse } from "./list-response.ts";
import { lookUpFinds } from "./look-up-finds.ts";
import { membersAfterPush } from "./members-after-push.ts";
import { membersExactly } from "./members-exactly.ts";
import { minimumProfile } from "./minimum-profile.ts";
import { noPassword } from "./no-password.ts";
import { onOnePage } from "./on-one-page.ts";
import { pagePastEnd } from "./page-past-end.ts";
import { pageWithinCount } from "./page-within-count.ts";
import { patchAnswer } from "./patch-answer.ts";
import { pushRefusal } from "./push-refusal.ts";
import { pushesAccepted } from "./pushes-accepted.ts";
import { pushesInTime } from "./pushes-in-time.ts";
import { raceLosers } from "./race-losers.ts";
import { raceWinner } from "./race-winner.ts";
import { refusedPushTraceless } from "./refused-push-traceless.ts";
import { sameOrder } from "./same-order.ts";
import { sameResource } from "./same-resource.ts";
import { scimError } from "./scim-error.ts";
import { shownInactive } from "./shown-inactive.ts";
import { showsSent } from "./shows-sent.ts";
import { startIndexEchoed } from "./start-index-echoed.ts";
import { togetherOnce } from "./together-once.ts";
import { totalCovers } from "./total-covers.ts";
import { vanishedUser } from "./vanished-user.ts";
import { wholeOrNoMembers } from "./whole-or-no-members.ts";
import { wholeTotal } from "./whole-total.ts";

/** Every named check, one file each. */
export const namedChecks: readonly Check[] = [
  acceptedLike,
  agreesWithLookUp,
  appliedIfAcknowledged,
  baseUrlForOkta,
  anotherId,
  bodyWithId,
  conflict,
  conflictError,
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
];
