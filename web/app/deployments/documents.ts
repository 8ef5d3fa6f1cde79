import { graphql } from "../../gql/gql.ts";

export const scheduleFragment = graphql(`
  fragment ScheduleParts on Schedule {
    id
    cron
    interval
    rrule
    anchor
    timezone
    active
    parameters
    maxLateRuns
    catchUp
  }
`);

/** What the form that runs a deployment needs of it. */
export const runnableFragment = graphql(`
  fragment Runnable on Deployment {
    id
    fullName
    parameters
    parameterSchema
  }
`);

export const deploymentFragment = graphql(`
  fragment ShownDeployment on Deployment {
    ...Runnable
    name
    flow {
      name
    }
    description
    tags
    version
    paused
    status
    workPool {
      id
      name
    }
    schedules {
      ...ScheduleParts
    }
  }
`);

export const deploymentsDocument = graphql(`
  query Deployments {
    deployments {
      ...ShownDeployment
      automations {
        id
        name
        enabled
      }
      recentRuns(first: 1) {
        id
        name
        state {
          type
          name
          message
        }
        startedAt
        createdAt
      }
    }
  }
`);

export const runDeploymentDocument = graphql(`
  mutation RunDeployment(
    $deployment: String!
    $parameters: JSON
    $name: String
    $tags: [String!]
    $scheduledTime: DateTime
    $idempotencyKey: String
  ) {
    runDeployment(
      deployment: $deployment
      parameters: $parameters
      name: $name
      tags: $tags
      scheduledTime: $scheduledTime
      idempotencyKey: $idempotencyKey
    ) {
      __typename
      ... on FlowRun {
        id
      }
      ...Refusal
    }
  }
`);

export const setDeploymentPausedDocument = graphql(`
  mutation SetDeploymentPaused($id: ID!, $paused: Boolean!) {
    setDeploymentPaused(id: $id, paused: $paused) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const deleteDeploymentDocument = graphql(`
  mutation DeleteDeployment($id: ID!) {
    deleteDeployment(id: $id)
  }
`);

export const createScheduleDocument = graphql(`
  mutation CreateSchedule($deployment: String!, $schedule: ScheduleInput!) {
    createSchedule(deployment: $deployment, schedule: $schedule) {
      __typename
      ...Refusal
    }
  }
`);

export const updateScheduleDocument = graphql(`
  mutation UpdateSchedule($id: ID!, $schedule: ScheduleInput!) {
    updateSchedule(id: $id, schedule: $schedule) {
      __typename
      ...Refusal
    }
  }
`);

export const deleteScheduleDocument = graphql(`
  mutation DeleteSchedule($id: ID!) {
    deleteSchedule(id: $id)
  }
`);

/** When a schedule would come; nothing is stored. */
export const scheduleTimesDocument = graphql(`
  query ScheduleTimes($schedule: ScheduleInput!) {
    scheduleTimes(schedule: $schedule, first: 4) {
      __typename
      ... on ScheduleTimes {
        times
      }
      ...Refusal
    }
  }
`);

export const setScheduleActiveDocument = graphql(`
  mutation SetScheduleActive($id: ID!, $active: Boolean!) {
    setScheduleActive(id: $id, active: $active) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);
