import type { CodegenConfig } from "@graphql-codegen/cli";

const scalars = {
  ID: "string",
  JSON: "unknown",
  DateTime: "string",
  Labels: "Record<string, string>",
  LabelSpec: "Record<string, string | string[]>",
};
const config = { enumsAsTypes: true, useTypeImports: true, scalars };
const presetConfig = { fragmentMasking: false };

/** Typed documents from the committed `schema.graphql`; no running server is needed. */
export default {
  schema: "schema.graphql",
  ignoreNoDocuments: true,
  generates: {
    "web/gql/": {
      preset: "client",
      documents: ["web/{app,ui,lib}/**/*.{ts,tsx,graphql}"],
      presetConfig,
      config,
    },
    // As text: the SDK sends its documents as they are and has no use for a parser.
    "sdk/gql/": {
      preset: "client",
      documents: ["sdk/**/*.{ts,graphql}", "!sdk/{gql,dist}/**"],
      presetConfig,
      config: { ...config, documentMode: "string" },
    },
  },
} satisfies CodegenConfig;
