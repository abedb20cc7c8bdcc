/** A page: its title with what can be done, and its content. */
import type { ReactNode } from "react";
import { useEffect } from "react";
import "./page.css";

interface PageProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Narrow pages are for reading and forms; wide ones for lists. */
  readonly width?: "narrow" | "wide";
}

/** Puts the page's name on the browser's tab. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tenanta`;
  }, [title]);
}

export function Page({ title, intro, actions, children, width = "wide" }: PageProps) {
  useDocumentTitle(title);
  return (
    <div className={`page page-${width}`}>
      <header className="page-header">
        <div className="page-heading">
          <h1 className="page-title">{title}</h1>
          {intro !== undefined && <p className="page-intro">{intro}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
