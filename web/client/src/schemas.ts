/** Zod schemas of the contract, for who checks values; an entry of its own, because Zod is large. */
import * as z from "zod";
import type { ExportConfig, ExportStatus, Problem } from "./contract.js";
import * as generated from "./generated/schemas.js";

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

function schema<T>(described: object): z.ZodType<T> {
  return z.fromJSONSchema(described as JsonSchema) as unknown as z.ZodType<T>;
}

export const exportConfigSchema = schema<ExportConfig>(generated.config);
export const exportStatusSchema = schema<ExportStatus>(generated.status);
export const problemSchema = schema<Problem>(generated.problem);
