// Written by scripts/generate.mjs from docs/openapi.json and docs/config.schema.json (27a6331d07e8110a0fe1bf1da160d3b70829c5a47ded340407c93bd16e95abd1).
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Accepted: {
            jobId: string;
            /** @enum {string} */
            status: "pending" | "processing" | "completed" | "failed" | "cancelled";
            message: string;
            warnings: string[];
            /** Format: uri-reference */
            statusUrl: string;
        };
        Cancelled: {
            jobId: string;
            /** @enum {string} */
            status: "cancelled";
            message: string;
        };
        /**
         * Export config, version 1
         * @description What a client asks for: cameras, the cuts between them, and the file to make.
         */
        ExportConfig: {
            /**
             * Version
             * @description The version of this format.
             * @constant
             */
            version: 1;
            /**
             * Export id
             * @description The job's id, chosen by the client; names its folder.
             */
            id: string;
            /**
             * Project id
             * @description The editor's id of the project.
             */
            projectId: string;
            /**
             * Project name
             * @description Names the downloaded file; any characters.
             */
            projectName: string;
            /**
             * Creation time
             * Format: date-time
             * @description ISO 8601 with an offset or Z.
             */
            createdAt: string;
            /**
             * List of sources
             * @description The camera files, at most 64 unless the installation says otherwise.
             */
            sources: components["schemas"]["SourceRef"][];
            /**
             * List of segments
             * @description The cuts in the order they are played, at most 20,000 and 24 hours unless the installation says otherwise.
             */
            segments: components["schemas"]["Segment"][];
            /** Output */
            output: components["schemas"]["OutputSpec"];
            /**
             * Priority
             * @description Its place in the queue.
             * @default null
             */
            priority?: ("high" | "normal" | "low") | null;
            /**
             * Callback address
             * Format: uri
             * @description An https address that is told when a run of the export ends, by a signed webhook. Taken where the installation has webhooks set up.
             * @default null
             */
            callbackUrl?: string | null;
            /**
             * Status
             * @description Ignored.
             * @default null
             */
            status?: string | null;
        };
        /** @description One thing wrong with a request. */
        Fault: {
            /** @description Such as `segments[41].endTime`; empty for the whole. */
            place: string;
            code: string;
            /** @description Words for a person. */
            message: string;
        };
        /**
         * OutputSpec
         * @description The file to make.
         */
        OutputSpec: {
            /**
             * File path
             * @description Accepted for compatibility; never decides where anything is written.
             * @default
             */
            filePath?: string | null;
            /**
             * Format
             * @description webm is VP9 and Opus, whatever `codec` says.
             * @default mp4
             */
            format?: ("mp4" | "webm") | null;
            /**
             * Width
             * @description Pixels, at most 16,384 unless the installation says otherwise; odd sizes are rounded down. Left out: the lead format's.
             * @default null
             */
            width?: number | null;
            /**
             * Height
             * @description Pixels, as for the width.
             * @default null
             */
            height?: number | null;
            /**
             * Frame rate
             * @description Frames per second, at most 240 unless the installation says otherwise. 29.97 and its like mean n * 1000/1001; a whole number that is the lead format's rate rounded means that rate. Left out: the lead format's.
             * @default null
             */
            fps?: number | null;
            /**
             * Codec
             * @description copy: as much as possible is taken over without encoding, frame-exact.
             * @default copy
             */
            codec?: ("copy" | "h264" | "h265") | null;
            /**
             * Sound switch
             * @description Whether it has sound.
             * @default true
             */
            includeAudio?: boolean | null;
            /**
             * Quality
             * @description Of whatever has to be encoded.
             * @default high
             */
            quality?: ("low" | "medium" | "high" | "very_high") | null;
        };
        /** @description What went wrong (RFC 9457). */
        Problem: {
            /** Format: uri-reference */
            type: string;
            /** @description The HTTP status in words. */
            title: string;
            status: number;
            /** @description The same sentence as `error`. */
            detail: string;
            /** @description One sentence for a person. */
            error: string;
            /** @description Stable, for programs. */
            code: string;
            /** @description What the log knows this request by. */
            requestId: string;
            /** @description Every fault of a refused request. */
            errors?: components["schemas"]["Fault"][];
            /** @description With `not_ready`: what is missing. */
            missing?: string[];
            /** @description With `not_ready`: what was found of each thing. */
            checks?: {
                [key: string]: string;
            };
        };
        /**
         * Segment
         * @description A range of one source; the programme plays the segments one after the other.
         */
        Segment: {
            /**
             * Source index
             * @description Which source, counted from 0.
             */
            sourceIndex: number;
            /**
             * Start time
             * @description Seconds in the source file. Before 0 the picture is black and silent.
             */
            startTime: number;
            /**
             * End time
             * @description Seconds in the source file, later than the start. Beyond the end of the source the picture is black and silent.
             */
            endTime: number;
            /**
             * Sound switch
             * @description Whether the source's sound is heard.
             * @default true
             */
            audioFromSource?: boolean | null;
        };
        /**
         * SourceRef
         * @description A camera file. The numbers are the editor's belief; the truth is found in the file.
         */
        SourceRef: {
            /**
             * Source id
             * @description The editor's id of the media.
             */
            id: string;
            /**
             * Name
             * @description What the person calls the file.
             */
            name: string;
            /**
             * File path
             * @description The file below the sources folder, or an absolute path inside an allowed root. No `..`, no address of a server, no control characters.
             */
            filePath: string;
            /**
             * Width
             * @description Pixels.
             * @default null
             */
            width?: number | null;
            /**
             * Height
             * @description Pixels.
             * @default null
             */
            height?: number | null;
            /**
             * Duration
             * @description Seconds.
             * @default null
             */
            duration?: number | null;
            /**
             * Frame rate
             * @description Frames per second.
             * @default null
             */
            fps?: number | null;
            /**
             * Sound flag
             * @description Whether it has sound.
             * @default true
             */
            hasAudio?: boolean | null;
        };
        Status: {
            jobId: string;
            /** @enum {string} */
            status: "pending" | "processing" | "completed" | "failed" | "cancelled";
            /** @description Never goes back within one run; 1 only when completed. */
            progress: number;
            message: string;
            /** @enum {string} */
            stage: "queued" | "planning" | "rendering" | "assembling" | "verifying" | "waiting" | "paused";
            /**
             * @description Of exports that wait, those of the higher one come first.
             * @enum {string}
             */
            priority: "high" | "normal" | "low";
            segmentsDone: number;
            segmentsTotal: number;
            etaSeconds: number | null;
            /** @description Its place in the queue while it waits; the next one has 1. */
            queuePosition: number | null;
            /** @description Programme seconds per second of work. */
            speed: number | null;
            warnings: string[];
            error: string | null;
            errorCode: string | null;
            /** Format: uri-reference */
            downloadUrl: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            /** @description Runs so far, this one included. */
            attempt: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
