import { graphql } from "../../gql/gql.ts";

export const blockTypeFragment = graphql(`
  fragment ShownBlockType on BlockType {
    slug
    name
    description
    capabilities
    schema
  }
`);

export const blocksDocument = graphql(`
  query Blocks($type: String) {
    blocks(type: $type) {
      id
      type
      name
      expiresAt
      updatedAt
    }
    blockTypes {
      slug
      name
      description
      capabilities
    }
  }
`);

export const blockTypesDocument = graphql(`
  query BlockTypes {
    blockTypes {
      ...ShownBlockType
    }
  }
`);

export const blockDocument = graphql(`
  query BlockPage($type: String!, $name: String!) {
    block(type: $type, name: $name) {
      id
      type
      name
      data
      issues {
        path
        message
      }
      ttl
      expiresAt
      ownerRun {
        id
        name
      }
      createdAt
      updatedAt
      automations {
        id
        name
        enabled
      }
    }
    blockTypes {
      ...ShownBlockType
    }
  }
`);

export const saveBlockDocument = graphql(`
  mutation SaveBlock($type: String!, $name: String!, $data: JSON!, $overwrite: Boolean!) {
    saveBlock(type: $type, name: $name, data: $data, overwrite: $overwrite) {
      __typename
      ... on Block {
        id
        type
        name
      }
      ...Refusal
    }
  }
`);

export const testBlockDocument = graphql(`
  mutation TestBlock($id: ID!) {
    testBlock(id: $id) {
      __typename
      ... on BlockTest {
        ok
        reason
        log
        result
      }
      ... on Error {
        message
      }
    }
  }
`);

export const deleteBlockDocument = graphql(`
  mutation DeleteBlock($id: ID!, $force: Boolean!) {
    deleteBlock(id: $id, force: $force)
  }
`);
