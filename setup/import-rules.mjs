/**
 * Which way imports may go.
 *
 * A target is a path from the repository's folder for our own files (`core/error.ts`), else the name of a package
 * or of a module of Node's (`zod`, `node:fs`).
 *
 * @typedef {(target: string) => string | undefined} Rule gives the reason why the target may not be imported
 */

const ours = /^(?:core|sdk|server|web|test|examples|bench|setup)\//;

/**
 * Our own files: only what is in these folders, or is one of these files.
 *
 * @param {...string} allowed
 * @returns {Rule}
 */
function own(...allowed) {
  return (target) =>
    !ours.test(target) || allowed.some((place) => target === place || target.startsWith(`${place}/`))
      ? undefined
      : `of our own files this one may import ${allowed.join(", ")}`;
}

/**
 * Packages: only these, with what is in them; `node:` stands for all modules of Node's.
 *
 * @param {...string} allowed
 * @returns {Rule}
 */
function packages(...allowed) {
  return (target) =>
    ours.test(target) ||
    allowed.some((name) => target === name || target.startsWith(name === "node:" ? name : `${name}/`))
      ? undefined
      : `of packages this one may import ${allowed.join(", ")}`;
}

/**
 * @param {RegExp} pattern
 * @param {string} reason
 * @returns {Rule}
 */
function never(pattern, reason) {
  return (target) => (pattern.test(target) ? reason : undefined);
}

/** The folders of server/ that are nouns. */
const nouns = [
  "block",
  "action",
  "automation",
  "deployment",
  "evaluator",
  "event",
  "firing",
  "flow-run",
  "log",
  "pause",
  "presence",
  "run-input",
  "runner",
  "schedule",
  "task-result",
  "template",
  "variable",
  "webhook",
];

/**
 * Every entry whose pattern fits a file holds for it.
 *
 * @type {{ files: RegExp, rules: Rule[] }[]}
 */
const directions = [
  { files: /^core\//, rules: [own("core")] },
  { files: /^core\/(?!json-schema\/|schedule\/)/, rules: [packages("zod", "@noble/hashes")] },
  { files: /^core\/schedule\//, rules: [packages("croner", "rrule-temporal")] },
  { files: /^core\/json-schema\//, rules: [packages("zod", "ajv", "ajv-formats")] },
  {
    files: /^sdk\//,
    rules: [
      own("sdk", "core"),
      packages(
        ...["node:", "zod", "ws", "graphql-ws", "@graphql-typed-document-node/core", "commander", "yaml"],
        "@clack/prompts",
      ),
    ],
  },
  {
    files: /^sdk\/(?!cli\/)/,
    rules: [
      never(
        /^(?:sdk\/cli\/.*|commander|yaml|@clack\/prompts)$/,
        "the command line is no part of what programs import",
      ),
    ],
  },
  {
    files: /^web\//,
    rules: [
      own("web", "core"),
      never(/^(?:antiphon|pg|@prisma\/.*|graphql-yoga|@pothos\/.*)$/, "the console speaks to the API only"),
    ],
  },
  {
    files: /^server\//,
    rules: [own("server", "core"), never(/^antiphon$/, "the server does not know the SDK")],
  },
  {
    files: /^server\/(?!main\.ts$|worker\/)/,
    rules: [never(/^server\/worker\//, "only server/main.ts may import the workers")],
  },
  {
    files: /^server\/(?!main\.ts$)/,
    rules: [never(/^server\/main\.ts$/, "it is the composition root: nobody imports it")],
  },
  {
    // The types of one noun refer to those of another; nothing else may know them.
    files: /^server\/(?!graphql\/|[^/]+\/graphql[^/]*\.ts$)/,
    rules: [
      never(
        new RegExp(`^server/(?:${nouns.join("|")})/graphql[^/]*\\.ts$`),
        "only the schema may import a noun's GraphQL types",
      ),
    ],
  },
  // A store may read its rows by a parser of its own.
  ...nouns.map((noun) => ({
    files: new RegExp(`^server/${noun}/store\\.ts$`),
    rules: [own("server/db.ts", `server/${noun}/row.ts`, "server/position.ts", "server/generated", "core")],
  })),
  {
    // Verbs and stores. A page is cut alike wherever it is read, so that much of graphql/ is theirs too.
    files: new RegExp(`^server/(?:${nouns.join("|")})/(?!graphql)`),
    rules: [
      never(
        /^server\/(?:graphql\/(?!connection|first-page|page-size|seq-page|batch|request-error)|transport\/|worker\/)/,
        "verbs and stores do not know how they are called",
      ),
    ],
  },
  {
    // It runs in QuickJS, where there is nothing of Node's.
    files: /^server\/template\/jail\//,
    rules: [own("server/template/jail"), packages("nunjucks")],
  },
  { files: /^examples\//, rules: [own("examples"), packages("node:", "antiphon", "zod")] },
  { files: /^bench\//, rules: [own("bench", "core", "sdk", "server")] },
  { files: /^setup\//, rules: [own("setup"), packages("node:", "esbuild", "playwright-core", "tsx")] },
];

/**
 * @param {string} file its path from the repository's folder
 * @returns {Rule[]}
 */
export function rulesFor(file) {
  return directions.filter(({ files }) => files.test(file)).flatMap(({ rules }) => rules);
}
