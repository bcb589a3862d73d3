import type { Citation, SourceDocument } from "../model/citation.ts";

type DocumentText = Omit<SourceDocument, "key">;

const okta = (title: string, url: string): DocumentText => ({ title, standard: "okta", url });
const rfc = (number: number, title: string): DocumentText => ({
  title: `RFC ${number}: ${title}`,
  standard: "rfc",
  url: `https://www.rfc-editor.org/rfc/rfc${number}`,
});

const OKTA_FILES = "https://developer.okta.com/standards/SCIM/SCIMFiles";
const DOCS_REPOSITORY = "https://github.com/okta/okta-developer-docs";

/**
 * Every document that behaviours cite, by the key used in citations. Where a document has no address of its own
 * any more, its address is that of the site or repository in which it can be found.
 */
const TABLE = {
  // Okta's developer documentation
  D20: okta(
    "Okta and SCIM Version 2.0",
    "https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20",
  ),
  D11: okta(
    "Okta and SCIM Version 1.1",
    "https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-11",
  ),
  D19: okta(
    "SCIM Protocol (2019 edition, with full request headers)",
    `${DOCS_REPOSITORY}/blob/1e98f9316eaac23679594e0ac2dec53bd0e451fc/packages/@okta/vuepress-site/docs/reference/scim/index.md`,
  ),
  UND: okta("Understanding SCIM", "https://developer.okta.com/docs/concepts/scim/"),
  FAQ: okta(
    "SCIM integration concepts and requirements",
    "https://developer.okta.com/docs/concepts/scim/faqs/",
  ),
  "FAQ-OLD": okta(
    "SCIM Technical FAQs (earlier text)",
    `${DOCS_REPOSITORY}/blob/0ab9141a62%5E/packages/@okta/vuepress-site/docs/concepts/scim/faqs/index.md`,
  ),
  PREP: okta(
    "Build your SCIM API service",
    "https://developer.okta.com/docs/guides/scim-provisioning-integration-prepare/main/",
  ),
  CONN: okta(
    "Add a private SCIM integration",
    "https://developer.okta.com/docs/guides/scim-provisioning-integration-connect/main/",
  ),
  TEST: okta(
    "Test your private SCIM integration",
    "https://developer.okta.com/docs/guides/scim-provisioning-integration-test/main/",
  ),
  ENT: okta(
    "Build a SCIM 2.0 server with entitlements",
    "https://developer.okta.com/docs/guides/scim-with-entitlements/main/",
  ),
  OIN: okta(
    "Submit a SCIM integration with the OIN Wizard",
    "https://developer.okta.com/docs/guides/submit-oin-app/scim/main/",
  ),
  OINREQ: okta(
    "OIN submission requirements",
    "https://developer.okta.com/docs/guides/submit-app-prereq/main/",
  ),
  "OIN-2021": okta(
    "OIN submission guide: group PATCH batch setting (removed in 2024)",
    `${DOCS_REPOSITORY}/pull/2105`,
  ),
  RN26: okta(
    "Okta Identity Engine release notes 2026",
    "https://developer.okta.com/docs/release-notes/2026-okta-identity-engine/",
  ),
  "T-SPEC20": okta("Okta SCIM 2.0 Spec Test", `${OKTA_FILES}/Okta-SCIM-20-SPEC-Test.json`),
  "T-CRUD20": okta("Okta SCIM 2.0 CRUD Test", `${OKTA_FILES}/Okta-SCIM-20-CRUD-Test.json`),
  "T-ENT20": okta("Okta SCIM 2.0 Entitlements Test", `${OKTA_FILES}/Okta-SCIM-20-Entitlements-Test.json`),
  "T-ENTCRUD20": okta(
    "Okta SCIM 2.0 with entitlements CRUD test",
    `${OKTA_FILES}/Okta-SCIM-20-With-Entitlements-CRUD-Test.json`,
  ),
  "T-SPEC11": okta("Okta SCIM 1.1 Spec Test", `${OKTA_FILES}/Okta-SCIM-11-SPEC-Test.json`),
  "T-BETA": okta(
    "Okta SCIM beta: SCIM tests for Runscope (2016)",
    "https://github.com/joelfranusic-okta/okta-scim-beta",
  ),
  PLAN: okta("Okta SCIM Test Plan v2", `${OKTA_FILES}/okta-scim-test-plan-v2.xlsx`),

  // Okta's help centre, support articles, developer forum and blog
  "H-OPP": okta(
    "SCIM messages for on-premises provisioning",
    "https://help.okta.com/oie/en-us/content/topics/provisioning/opp/opp-provision-scim-messages.htm",
  ),
  "H-GP-PRE": okta(
    "Group Push prerequisites",
    "https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-group-push-prerequisites.htm",
  ),
  "H-GP-OPS": okta(
    "Group Push operations",
    "https://help.okta.com/oie/en-us/content/topics/users-groups-profiles/usgp-group-push-operations.htm",
  ),
  "H-GP-TRB": okta(
    "Troubleshooting Group Push",
    "https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-group-push-troubleshoot.htm",
  ),
  "H-GP-ASSIGN": okta(
    "App assignments and Group Push",
    "https://help.okta.com/en-us/content/topics/users-groups-profiles/app-assignments-group-push.htm",
  ),
  "H-ATTR": okta("Add custom attributes to a profile", "https://help.okta.com/"),
  "KB-NORESULTS": okta(
    "Okta SCIM connector error: no results for users returned",
    "https://support.okta.com/help/s/article/okta-scim-connector-error-no-results-for-users-returned-when-testing-connection",
  ),
  "KB-EXIST": okta(
    "Existing SCIM user being created at assignment",
    "https://support.okta.com/help/s/article/Existing-SCIM-User-Being-Created-at-Assignment",
  ),
  "KB-TESTAPP": okta(
    "What are SCIM 2.0 test apps",
    "https://support.okta.com/help/s/article/What-are-SCIM-20-Test-Apps",
  ),
  "KB-STRIDX": okta(
    "Support question on startIndex returned as a string",
    "https://support.okta.com/help/s/question/0D54z0000A4i091CQA",
  ),
  "KB-CUSTOM": okta("Custom SCIM attribute is not sent", "https://support.okta.com/"),
  "KB-PARTIAL": okta("Does Okta support partial profile push", "https://support.okta.com/"),
  "KB-RATE": okta("Rate limits of external applications", "https://support.okta.com/"),
  "KB-ERRORS": okta("SCIM server returning errors", "https://support.okta.com/"),
  "DF-24187": okta(
    "Developer forum: deactivating users vs. removing them",
    "https://devforum.okta.com/t/deactivating-users-vs-removing-them-from-the-organization/24187",
  ),
  "DF-27262": okta("Developer forum: reassign sequence of a custom app", "https://devforum.okta.com/t/27262"),
  "DF-33791": okta(
    "Developer forum: concurrency of provisioning requests",
    "https://devforum.okta.com/t/33791",
  ),
  "DF-6711": okta(
    "Developer forum: refresh token for OAuth provisioning",
    "https://devforum.okta.com/t/6711",
  ),
  "BLOG-2023": okta(
    "Okta developer blog: SCIM workshop, 28 July 2023",
    "https://github.com/oktadev/okta-blog",
  ),
  "BLOG-2025": okta(
    "Okta developer blog: entitlement workshop, 4 November 2025",
    "https://github.com/oktadev/okta-blog",
  ),

  // Captures of Okta's traffic, and what vendors write about Okta
  "CAP-LAB": okta(
    "Capture: Okta lifecycle of a custom app",
    "https://github.com/Timothy-itayi/okta-iam-lifecycle-lab",
  ),
  "CAP-MOCK": okta(
    "Capture: requests of Okta logged by mock-scim",
    "https://github.com/princemaple/mock-scim",
  ),
  "V-DELINEA": okta(
    "Delinea: Okta SCIM Endpoint Reference for the Platform",
    "https://docs.delinea.com/online-help/delinea-platform/scim/okta-scim-provisioning/okta-scim-endpoint-reference.htm",
  ),
  "V-AWS": okta(
    "AWS IAM Identity Center SCIM: PatchGroup",
    "https://docs.aws.amazon.com/singlesignon/latest/developerguide/patchgroup.html",
  ),
  "V-MIRO": okta("Miro: rate limits", "https://developers.miro.com/reference/rate-limits"),

  // Internet standards
  RFC6585: rfc(6585, "Additional HTTP Status Codes"),
  RFC6750: rfc(6750, "The OAuth 2.0 Authorization Framework: Bearer Token Usage"),
  RFC7617: rfc(7617, "The 'Basic' HTTP Authentication Scheme"),
  RFC7643: rfc(7643, "SCIM: Core Schema"),
  RFC7644: rfc(7644, "SCIM: Protocol"),
  RFC9110: rfc(9110, "HTTP Semantics"),
} as const satisfies Readonly<Record<string, DocumentText>>;

export type DocumentKey = keyof typeof TABLE;

/** The documents with their keys, in the order of the table. */
export const DOCUMENTS: readonly SourceDocument[] = Object.entries(TABLE).map(([key, text]) => ({
  key,
  ...text,
}));

/**
 * The place of a sentence in a document. For an RFC the section is a number such as `3.4.2.2` and becomes part
 * of the address; for anything else it is a heading, a step or a test case, and only named.
 */
export function cite(key: DocumentKey, section = ""): Citation {
  const { title, standard, url } = TABLE[key];
  const numbered = /^\d+(\.\d+)*$/.exec(section);
  return {
    document: title,
    standard,
    section,
    url: standard === "rfc" && numbered !== null ? `${url}#section-${section}` : url,
  };
}

/** An issue of a public GitHub repository in which Okta's requests or its reaction were seen. */
export function github(repository: string, issue: number): Citation {
  return thread(repository, issue, "issues");
}

/** The same for a pull request. */
export function githubPull(repository: string, pull: number): Citation {
  return thread(repository, pull, "pull");
}

// What was seen of Okta in the field is judged together with Okta's own documents, so it carries their standard.
function thread(repository: string, number: number, kind: "issues" | "pull"): Citation {
  return {
    document: `GitHub: ${repository}`,
    standard: "okta",
    section: `#${number}`,
    url: `https://github.com/${repository}/${kind}/${number}`,
  };
}
