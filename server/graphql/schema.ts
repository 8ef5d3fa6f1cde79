import "./scalars.ts";
import "../automation/graphql-backtest.ts";
import "../automation/graphql-explain.ts";
import "../automation/graphql-operations.ts";
import "../block/graphql.ts";
import "../deployment/graphql-operations.ts";
import "../event/graphql-live.ts";
import "../event/graphql-mutations.ts";
import "../event/graphql-queries.ts";
import "../firing/graphql-operations.ts";
import "../flow-run/graphql-live.ts";
import "../flow-run/graphql-mutations.ts";
import "../flow-run/graphql-process.ts";
import "../flow-run/graphql-queries.ts";
import "../flow-run/graphql-signals.ts";
import "../log/graphql.ts";
import "../pause/graphql-ask.ts";
import "../pause/graphql-mutations.ts";
import "../run-input/graphql-channel.ts";
import "../run-input/graphql-live.ts";
import "../run-input/graphql-mutations.ts";
import "../run-input/graphql-process.ts";
import "../runner/graphql.ts";
import "../task-result/graphql.ts";
import "../template/graphql.ts";
import { builder } from "./builder.ts";

/** The served schema. */
export const schema = builder.toSchema();
