import { graphql } from "../../../gql/gql.ts";

export const runLineFragment = graphql(`
  fragment RunLineParts on FlowRun {
    id
    name
    state {
      type
      name
      message
      timestamp
    }
    createdBy
    expectedStart
    startedAt
    totalRunTime
    createdAt
  }
`);

export const deploymentDocument = graphql(`
  query DeploymentPage($id: ID!) {
    deployment(id: $id) {
      ...ShownDeployment
      enforceParameterSchema
      concurrencyLimit
      collisionStrategy
      entrypoint
      path
      jobVariables
      createdAt
      updatedAt
      workQueue {
        id
        name
      }
      schedules {
        nextTimes(first: 3)
      }
      upcomingRuns(first: 6) {
        ...RunLineParts
      }
      recentRuns(first: 10) {
        ...RunLineParts
      }
      automations {
        ...ShownAutomation
        firings(first: 1) {
          nodes {
            id
            state
            firedAt
          }
        }
      }
    }
  }
`);

/** That a run of the deployment changed. */
export const deploymentRunsUpdated = graphql(`
  subscription DeploymentRunsUpdated($id: ID!) {
    flowRunsUpdated(filter: { deploymentIds: [$id] }) {
      id
    }
  }
`);
