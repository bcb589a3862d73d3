import { yamlText } from "../decode/index.ts";
import type { OktaApp } from "../model/behaviour.ts";

export const CI_SYSTEMS = ["github", "gitlab"] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** What `scim-check init` has to know. */
export interface StarterAnswers {
  /** Base URL of the SCIM endpoint. */
  readonly url: string;
  /** Host of the URL, with the port where it names one: the second naming that allows writing. */
  readonly host: string;
  /** Both kinds of app when absent. */
  readonly oktaApp?: OktaApp;
  readonly auth: "bearer" | "header" | "basic" | "oauth";
  readonly authHeader?: string;
  readonly oauthTokenUrl?: string;
  readonly oauthClientId?: string;
  readonly ci: readonly CiSystem[];
  readonly toolVersion: string;
}

export interface StarterFile {
  /** Below the folder of the project. */
  readonly path: string;
  readonly text: string;
  /** When it is there already, it is left as it is and this is said. */
  readonly ifThere?: string;
}

/** The files a team starts with: settings, and workflows that work as they stand. */
export function starterFiles(answers: StarterAnswers): readonly StarterFile[] {
  return [
    { path: "scim-check.yaml", text: settingsText(answers) },
    ...(answers.ci.includes("github")
      ? [{ path: ".github/workflows/scim-check.yml", text: githubText(answers) }]
      : []),
    ...(answers.ci.includes("gitlab") ? gitlabFiles(answers) : []),
  ];
}

/** The variable that the secret has to be in, in the CI system as at the desk. */
export const secretVariable = ({ auth }: Pick<StarterAnswers, "auth">) =>
  auth === "oauth" ? "SCIM_OAUTH_CLIENT_SECRET" : "SCIM_TOKEN";

function settingsText(answers: StarterAnswers): string {
  const { url, host, oktaApp, auth, authHeader, oauthTokenUrl, oauthClientId } = answers;
  const settings = {
    url,
    ...(oktaApp === undefined ? {} : { "okta-app": oktaApp }),
    ...(auth === "bearer" ? {} : { auth }),
    ...(authHeader === undefined ? {} : { "auth-header": authHeader }),
    ...(oauthTokenUrl === undefined ? {} : { "oauth-token-url": oauthTokenUrl }),
    ...(oauthClientId === undefined ? {} : { "oauth-client-id": oauthClientId }),
    "allow-writes": [host],
  };
  return [
    "# Settings of scim-check. Every flag of `scim-check run` can stand here, without its dashes.",
    `# The secret does not: it comes from ${secretVariable(answers)}.`,
    yamlText(settings).trimEnd(),
    "# Failures your team has agreed to live with for a while (scim-check run --write-known deviations.yaml):",
    "# known: deviations.yaml",
    "",
  ].join("\n");
}

/** The same version line that wrote the files, so that a gate does not change by itself. */
const package_ = ({ toolVersion }: StarterAnswers) =>
  `scim-check@^${/^\d+\.\d+\.\d+/.exec(toolVersion)?.[0] ?? toolVersion}`;

const REPORTS =
  "--report text --report junit:scim-check.xml --report html:scim-check.html --report json:scim-check.json";

function githubText(answers: StarterAnswers): string {
  const secret = secretVariable(answers);
  const npx = `npx --yes ${package_(answers)}`;
  return `# Written by scim-check init. Store the secret as ${secret}: Settings, Secrets and variables, Actions.
name: SCIM
on:
  push:
  pull_request:
  workflow_dispatch:
permissions:
  contents: read
# One run at a time: two would meet each other's users.
concurrency: scim-check
jobs:
  scim-check:
    # A pull request from a fork is given no secrets.
    if: github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-latest
    timeout-minutes: 30
    env:
      ${secret}: \${{ secrets.${secret} }}
      XDG_STATE_HOME: \${{ github.workspace }}/.scim-check-state
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # --report github marks the failures and adds the summary to the job's page.
      - name: Ask the SCIM endpoint what Okta would ask
        run: ${npx} run ${REPORTS} --report github
      - name: Remove what a killed run left behind
        if: always()
        run: ${npx} cleanup
      - name: Keep the reports
        if: always()
        uses: actions/upload-artifact@v4
        with:
          name: scim-check
          path: |
            scim-check.html
            scim-check.xml
            scim-check.json
`;
}

function gitlabFiles(answers: StarterAnswers): readonly StarterFile[] {
  const job = ".gitlab/scim-check.yml";
  return [
    { path: job, text: gitlabText(answers) },
    {
      path: ".gitlab-ci.yml",
      text: `include:\n  - local: ${job}\n`,
      ifThere: `Add this to it:\n\n  include:\n    - local: ${job}\n`,
    },
  ];
}

function gitlabText(answers: StarterAnswers): string {
  const secret = secretVariable(answers);
  const npx = `npx --yes ${package_(answers)}`;
  return `# Written by scim-check init. Store the secret as ${secret}: Settings, CI/CD, Variables; masked.
scim-check:
  image: node:22
  # One run at a time: two would meet each other's users.
  resource_group: scim-check
  timeout: 30 minutes
  variables:
    XDG_STATE_HOME: $CI_PROJECT_DIR/.scim-check-state
  script:
    - ${npx} run ${REPORTS}
  after_script:
    - ${npx} cleanup
  artifacts:
    when: always
    expose_as: scim-check
    paths:
      - scim-check.html
      - scim-check.json
    reports:
      junit: scim-check.xml
`;
}
