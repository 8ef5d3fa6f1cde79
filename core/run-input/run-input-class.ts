import { z } from "zod";
import { asyncRefinement, pendingFor } from "./build-instance.ts";
import type {
  AnyRunInputClass,
  InputMetadata,
  InputReceiver,
  InputType,
  ReceiveOptions,
  RunInputBase,
  RunInputClass,
  SendOptions,
  SentInput,
} from "./contract.ts";
import { InputValidationError, UnsuitableInputType } from "./errors.ts";
import { withInitialData } from "./initial-data.ts";
import {
  FACTS,
  factsOf,
  type InstanceFacts,
  isRunInputClass,
  metadataOf,
  RUN_INPUT,
} from "./run-input-brand.ts";

/** What the classes need of the connection to the server. */
export interface RunInputIo {
  /** Throws `CannotRespond` where `metadataOf(instance)` names no run. */
  respond(
    instance: RunInputBase,
    value: unknown,
    options: SendOptions & { type?: InputType },
  ): Promise<SentInput>;
  sendTo(instance: RunInputBase, flowRunId: string, options: SendOptions): Promise<SentInput>;
  receive<T extends AnyRunInputClass>(type: T, options: ReceiveOptions): InputReceiver<InstanceType<T>>;
}

const RESERVED = ["metadata", "respond", "sendTo"];

/** Makes the function `RunInput` over a connection. */
export function createRunInput(io: RunInputIo): <S extends z.ZodObject>(schema: S) => RunInputClass<S> {
  return <S extends z.ZodObject>(schema: S): RunInputClass<S> => {
    checkDefinition(schema);

    class RunInput {
      static readonly schema: z.ZodObject = schema;
      static readonly [RUN_INPUT]: AnyRunInputClass | null = null;

      constructor(value: unknown) {
        // The constructor of a class made here, or of one that extends it.
        const type = new.target as typeof RunInput & AnyRunInputClass;
        const pending = pendingFor(type);
        const output = pending?.output ?? parseNow(type, value);
        for (const [name, field] of Object.entries(output)) {
          if (RESERVED.includes(name)) throw reservedField(value, name);
          Object.defineProperty(this, name, { value: field, enumerable: true, configurable: true });
        }
        const facts: InstanceFacts = {
          given: pending ? pending.given : value,
          metadata: pending?.metadata ?? null,
          madeBy: type,
        };
        Object.defineProperty(this, FACTS, { value: facts });
      }

      get metadata(): InputMetadata {
        const metadata = metadataOf(this);
        if (metadata === null) {
          throw new Error(
            "this input was made here and not received, so it has no metadata (key, sender, receiver)",
          );
        }
        return metadata;
      }

      respond(value: unknown, options: SendOptions & { type?: InputType } = {}): Promise<SentInput> {
        return io.respond(this, value, options);
      }

      sendTo(flowRunId: string, options: SendOptions = {}): Promise<SentInput> {
        return io.sendTo(this, flowRunId, options);
      }

      // biome-ignore-start lint/complexity/noThisInStatic: `this` is the class it is called on, often one that extends this one
      static withInitialData(
        this: typeof RunInput,
        defaults: object,
        options: { description?: string } = {},
      ): typeof RunInput {
        const made = class extends this {
          static override readonly schema = withInitialData(super.schema, defaults, options);
        };
        Object.defineProperty(made, RUN_INPUT, { value: this });
        Object.defineProperty(made, "name", { value: this.name });
        return made;
      }

      static store(instance: unknown): unknown {
        return factsOf(instance)?.given ?? instance;
      }

      static restore(stored: unknown): unknown {
        return stored;
      }

      static receive<T extends AnyRunInputClass>(
        this: T,
        options: ReceiveOptions = {},
      ): InputReceiver<InstanceType<T>> {
        return io.receive(this, options);
      }
      // biome-ignore-end lint/complexity/noThisInStatic: above
    }

    // The fields of an instance are those of the schema, which no declaration of a class can say.
    return RunInput as unknown as RunInputClass<S>;
  };
}

function checkDefinition(schema: unknown): void {
  if (isRunInputClass(schema)) {
    throw new UnsuitableInputType("RunInput takes a schema; extend the class itself to add members to it");
  }
  if (!(schema instanceof z.ZodObject)) {
    throw new UnsuitableInputType(
      "RunInput takes a z.object(); any other schema can be asked for, sent and received as it is, without a class",
    );
  }
  const taken = RESERVED.find((name) => Object.hasOwn(schema.shape, name));
  if (taken !== undefined) {
    throw new UnsuitableInputType(
      `the field ${JSON.stringify(taken)} would hide what every received input has (${RESERVED.join(", ")}); give it another name`,
    );
  }
}

function parseNow(type: AnyRunInputClass & { name: string }, value: unknown): object {
  const parse = (): z.ZodSafeParseResult<object> => {
    try {
      return type.schema.safeParse(value);
    } catch (error) {
      throw error instanceof z.core.$ZodAsyncError ? asyncRefinement(type.name) : error;
    }
  };
  const parsed = parse();
  if (!parsed.success) throw InputValidationError.of(`the value of ${type.name}`, value, parsed.error.issues);
  return parsed.data;
}

function reservedField(value: unknown, name: string): InputValidationError {
  const message = "is the name of a member that every received input has";
  return InputValidationError.of("the value", value, [{ path: [name], message }]);
}
