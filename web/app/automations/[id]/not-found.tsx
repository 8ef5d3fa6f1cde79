import { NotThere } from "../../../ui/not-there.tsx";

export default function AutomationNotFound() {
  return <NotThere kind="automation" href="/automations" />;
}
