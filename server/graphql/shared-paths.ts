import SchemaBuilder, {
  BasePlugin,
  createContextCache,
  type PothosOutputFieldConfig,
  type SchemaTypes,
} from "@pothos/core";
import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      sharedPaths: SharedPaths<Types>;
    }
  }
}

type Path = GraphQLResolveInfo["path"];

/** A path and those that go on from it. */
interface Place {
  path: Path | undefined;
  next: Map<string | number, Place>;
}

/**
 * The Prisma plugin knows by the identity of a response path what it has loaded for it. Compiled operations make a
 * path for each field anew, and it would load everything twice: here equal paths of one operation become one object.
 */
class SharedPaths<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types["Context"], object>,
    fieldConfig: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types["Context"], object> {
    if (!fieldConfig.extensions?.pothosPrismaSelect) return resolver;
    return (parent, args, context, info) =>
      resolver(parent, args, context, {
        ...info,
        path: placeOf(rootOf(context), info.path).path ?? info.path,
      });
  }
}

const rootOf = createContextCache((): Place => ({ path: undefined, next: new Map() }));

function placeOf(root: Place, path: Path): Place {
  const before = path.prev === undefined ? root : placeOf(root, path.prev);
  let place = before.next.get(path.key);
  if (place === undefined) {
    place = { path: { ...path, prev: before.path }, next: new Map() };
    before.next.set(path.key, place);
  }
  return place;
}

/** The plugin's name, to be listed before Prisma's. */
export const sharedPaths = "sharedPaths";

SchemaBuilder.registerPlugin(sharedPaths, SharedPaths);
