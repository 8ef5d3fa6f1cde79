import { NotThere } from "../../../ui/not-there.tsx";

export default function DeploymentNotFound() {
  return <NotThere kind="deployment" href="/deployments" />;
}
