import { NotThere } from "../../../ui/not-there.tsx";

export default function WebhookNotFound() {
  return <NotThere kind="webhook" href="/webhooks" />;
}
