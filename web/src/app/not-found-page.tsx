/** An address that leads nowhere, or to something that is not yours. */
import { Link } from "@tanstack/react-router";
import { Empty } from "../ui/empty";
import { Page } from "../ui/page";
import { paths } from "./paths";

export function NotFoundPage() {
  return (
    <Page title="Nothing here" width="narrow">
      <Empty
        title="This address leads nowhere"
        actions={
          <Link {...paths.home()} className="link">
            Go to your schemas
          </Link>
        }
      >
        What it pointed to does not exist, or it belongs to a tenant you are not a member of.
      </Empty>
    </Page>
  );
}
