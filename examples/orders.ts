/**
 * Events start runs: a flow that runs once a customer has completed an order that the shop has seen created.
 *
 *   npm run example -- orders serve          in one terminal: serves the deployment with its trigger
 *   npm run example -- orders shop           in another: what happens in a shop on a quiet day
 *
 * And in a third, if you like: npx antiphon event stream
 */
import { setTimeout as sleep } from "node:timers/promises";
import { emitEvent, flow, getRunLogger } from "antiphon";
import { z } from "zod";
import "./support/plain-errors.ts";

const parameters = z.object({ customer: z.string(), total: z.number().nullable() });

const afterOrder = flow({ name: "after-order", parameters }, ({ customer, total }) => {
  getRunLogger().info(`Customer ${customer} has completed an order of ${total}.`);
});

switch (process.argv[2]) {
  case "serve":
  case undefined:
    await afterOrder.serve({
      triggers: [
        {
          name: "order complete",
          after: ["order.created"],
          expect: ["order.complete"],
          forEach: ["prefect.resource.id"],
          parameters: { customer: "{{ event.resource.id }}", total: "{{ event.payload.total }}" },
        },
      ],
    });
    break;
  case "shop":
    for (const [event, customer, payload] of [
      ["order.created", "123", {}],
      ["order.created", "456", {}],
      ["order.item.added", "123", { item: "a shirt" }],
      ["order.complete", "123", { total: 29.5 }],
    ] as const) {
      await emitEvent({ event, resource: { "prefect.resource.id": customer }, payload });
      console.log(`${event} of customer ${customer}`);
      await sleep(500);
    }
    console.log("456 has completed nothing, so nothing runs for 456.");
    break;
  default:
    console.error(`orders is serve or shop, not ${process.argv[2]}`);
    process.exitCode = 1;
}
