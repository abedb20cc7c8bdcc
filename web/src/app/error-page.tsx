/** What is shown when a page could not be made. */
import { useRouter } from "@tanstack/react-router";
import { describeError } from "../api/errors";
import { Failure } from "../ui/failure";
import { Page } from "../ui/page";

export function ErrorPage({ error }: { readonly error: unknown }) {
  const router = useRouter();
  return (
    <Page title="This page could not be shown" width="narrow">
      <Failure {...describeError(error)} onRetry={() => void router.invalidate()} />
    </Page>
  );
}
