import type { ExportButton } from "multicam-export-client/button";
import type { HTMLAttributes, RefAttributes } from "react";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "export-button": HTMLAttributes<ExportButton> &
        RefAttributes<ExportButton> & {
          "base-url"?: string;
          "job-id"?: string;
          "storage-key"?: string;
        };
    }
  }
}
