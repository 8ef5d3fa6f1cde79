import { graphql } from "../../gql/gql.ts";

export const webhookFragment = graphql(`
  fragment WebhookParts on Webhook {
    id
    name
    description
    enabled
    url
    template
    allowedMethods
    auth {
      type
      header
      algorithm
      prefix
      encoding
      timestampHeader
      tolerance
      hasSecret
    }
    allowReserved
    rateLimit
    receivedCount
    failedCount
    lastReceivedAt
    formerUntil
    createdAt
    updatedAt
  }
`);

export const deliveryFragment = graphql(`
  fragment DeliveryParts on WebhookDelivery {
    id
    receivedAt
    method
    query
    headers
    body
    bytes
    statusCode
    error
    rendered
    eventIds
    events {
      id
      event
    }
    replayOf
    canReplay
  }
`);

export const webhooksDocument = graphql(`
  query Webhooks {
    webhooks {
      ...WebhookParts
    }
  }
`);

export const webhookDocument = graphql(`
  query WebhookPage($id: ID!, $first: Int!) {
    webhook(id: $id) {
      ...WebhookParts
      refusedByMethod
      refusedBySize
      refusedByRate
      deliveries(first: $first) {
        ...DeliveryParts
      }
    }
  }
`);

export const webhookToEdit = graphql(`
  query WebhookToEdit($id: ID!) {
    webhook(id: $id) {
      ...WebhookParts
      deliveries(first: 1) {
        method
        query
        headers
        body(most: 100000)
      }
    }
  }
`);

export const createWebhookDocument = graphql(`
  mutation CreateWebhook($webhook: WebhookInput!) {
    createWebhook(webhook: $webhook) {
      __typename
      ... on Webhook {
        id
        token
      }
      ...Refusal
    }
  }
`);

export const updateWebhookDocument = graphql(`
  mutation UpdateWebhook($id: ID!, $webhook: WebhookInput!) {
    updateWebhook(id: $id, webhook: $webhook) {
      __typename
      ... on Webhook {
        id
        token
      }
      ...Refusal
    }
  }
`);

export const setWebhookEnabledDocument = graphql(`
  mutation SetWebhookEnabled($id: ID!, $enabled: Boolean!) {
    setWebhookEnabled(id: $id, enabled: $enabled) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const rotateWebhookDocument = graphql(`
  mutation RotateWebhook($id: ID!, $graceSeconds: Float) {
    rotateWebhook(id: $id, graceSeconds: $graceSeconds) {
      __typename
      ... on Error {
        message
      }
    }
  }
`);

export const rotateWebhookTokenDocument = graphql(`
  mutation RotateWebhookToken($id: ID!, $graceSeconds: Float) {
    rotateWebhookToken(id: $id, graceSeconds: $graceSeconds) {
      __typename
      ... on Webhook {
        token
      }
      ... on Error {
        message
      }
    }
  }
`);

export const deleteWebhookDocument = graphql(`
  mutation DeleteWebhook($id: ID!) {
    deleteWebhook(id: $id)
  }
`);

export const replayDocument = graphql(`
  mutation ReplayWebhookDelivery($id: ID!) {
    replayWebhookDelivery(id: $id) {
      __typename
      ... on WebhookDelivery {
        id
        statusCode
        error
      }
      ... on Error {
        message
      }
    }
  }
`);

export const previewWebhookDocument = graphql(`
  query PreviewWebhook($template: String!, $request: WebhookRequestInput!, $webhookId: ID) {
    previewWebhook(template: $template, request: $request, webhookId: $webhookId) {
      __typename
      ... on WebhookPreview {
        rendered
        events
        error
        line
        column
      }
      ...Refusal
    }
  }
`);
