import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed } from "./sent.ts";

/** How servers show the state of a user in a wrong way wherever they show users. */
export const shownActive: readonly Defect[] = [
  {
    name: "active-as-text",
    title: 'Users are shown with active as the text "true" or "false".',
    layer: "app",
    target: ["OKTA-DEACT-03.boolean-when-active"],
    also: [
      ...because("The answer to the create shows active as a text, too.", "OKTA-CREATE-05.active"),
      ...because(
        "A text is not the boolean false that was sent.",
        "OKTA-DEACT-01.inactive",
        "OKTA-PATCH-02.inactive",
      ),
      ...because(
        "The same serializer writes every user.",
        "OKTA-DEACT-03.boolean-in-lists",
        "OKTA-DEACT-03.boolean-when-inactive",
      ),
      ...because(
        "The import shows active as a text, too.",
        "OKTA-IMPORT-05.active-shown",
        "OKTA-IMPORT-05.inactive-shown",
      ),
      ...because("The adopted user is shown with active as a text.", "OKTA-LINK-03.active"),
      ...because("The look-up shows active as a text, too.", "OKTA-LOOKUP-05.shown-inactive"),
      ...because("A text is not the boolean true that was sent.", "OKTA-REACT-01.active-again"),
    ],
    make: ({ operations }) => ({
      replace: {
        render: (view, resource, projection) => {
          const shown = operations.render(view, resource, projection);
          return shown.active === undefined ? shown : changed(shown, { active: String(shown.active) });
        },
      },
    }),
  },
  {
    name: "active-false-left-out",
    title: "The serializer drops what is false: inactive users are shown without active.",
    layer: "app",
    target: ["OKTA-DEACT-03.boolean-when-inactive"],
    also: [
      ...because(
        "The read after the deactivation does not say false.",
        "OKTA-DEACT-01.inactive",
        "OKTA-PATCH-02.inactive",
      ),
      ...because("The list of a look-up leaves active out, too.", "OKTA-DEACT-03.boolean-in-lists"),
      ...because("The import leaves active out, too.", "OKTA-IMPORT-05.inactive-shown"),
      ...because("The look-up leaves active out, too.", "OKTA-LOOKUP-05.shown-inactive"),
    ],
    make: ({ operations }) => ({
      replace: {
        render: (view, resource, projection) => {
          const shown = operations.render(view, resource, projection);
          return shown.active === false ? changed(shown, { active: undefined }) : shown;
        },
      },
    }),
  },
];
