// Written by scripts/generate.mjs from docs/openapi.json.
export type paths = Record<string, never>;
export interface webhooks {
    exportEnded: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell the config's callbackUrl how a run ended.
         * @description Sent by the service, following Standard Webhooks, until it is taken or more than a day is over.
         */
        post: operations["exportEnded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Ready: {
            /** @enum {string} */
            status: "ready";
            /** @description Each thing that an export needs, and what was found of it. */
            checks: {
                [key: string]: string;
            };
        };
        Alive: {
            /** @enum {string} */
            status: "ok";
        };
        Match: {
            source: string;
            found: boolean;
            /** @description Second 0 of this source is heard at this second of the first; null where it was not found. */
            offsetSeconds: number | null;
            /** @description By how many millionths the first's clock runs faster; null where the overlap is too short to tell. */
            driftPpm: number | null;
            /** @description The share of the windows compared that agree. */
            confidence: number;
        };
        Sync: {
            syncId: string;
            sources: string[];
            /** @enum {string} */
            status: "waiting" | "making" | "ready" | "failed";
            progress: number;
            /** @description One for each source but the first, once it is ready. */
            matches: components["schemas"]["Match"][] | null;
            /** Format: uri-reference */
            statusUrl: string;
            error: string | null;
            errorCode: string | null;
        };
        Accepted: {
            jobId: string;
            /** @enum {string} */
            status: "pending" | "processing" | "completed" | "failed" | "cancelled";
            message: string;
            warnings: string[];
            /** Format: uri-reference */
            statusUrl: string;
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
        ExportPage: {
            exports: components["schemas"]["Status"][];
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
        };
        ProxyFacts: {
            width: number;
            height: number;
            fps: number;
            seconds: number;
            bytes: number;
        };
        Proxy: {
            miniatureId: string;
            /** @enum {string} */
            kind: "proxy" | "thumbnail" | "strip" | "waveform";
            source: string;
            /**
             * @description Asked for again, something that failed is tried again.
             * @enum {string}
             */
            status: "waiting" | "making" | "ready" | "failed";
            progress: number;
            /**
             * Format: uri-reference
             * @description The file, once it is ready.
             */
            url: string | null;
            error: string | null;
            errorCode: string | null;
            facts: components["schemas"]["ProxyFacts"] | null;
        };
        StripFacts: {
            tileWidth: number;
            tileHeight: number;
            columns: number;
            tiles: number;
            secondsPerTile: number;
        };
        Strip: {
            miniatureId: string;
            /** @enum {string} */
            kind: "proxy" | "thumbnail" | "strip" | "waveform";
            source: string;
            /**
             * @description Asked for again, something that failed is tried again.
             * @enum {string}
             */
            status: "waiting" | "making" | "ready" | "failed";
            progress: number;
            /**
             * Format: uri-reference
             * @description The file, once it is ready.
             */
            url: string | null;
            error: string | null;
            errorCode: string | null;
            facts: components["schemas"]["StripFacts"] | null;
        };
        Cancelled: {
            jobId: string;
            /** @enum {string} */
            status: "cancelled";
            message: string;
        };
        WaveformFacts: {
            peaksPerSecond: number;
            peaks: number;
        };
        Waveform: {
            miniatureId: string;
            /** @enum {string} */
            kind: "proxy" | "thumbnail" | "strip" | "waveform";
            source: string;
            /**
             * @description Asked for again, something that failed is tried again.
             * @enum {string}
             */
            status: "waiting" | "making" | "ready" | "failed";
            progress: number;
            /**
             * Format: uri-reference
             * @description The file, once it is ready.
             */
            url: string | null;
            error: string | null;
            errorCode: string | null;
            facts: components["schemas"]["WaveformFacts"] | null;
        };
        ThumbnailFacts: {
            width: number;
            height: number;
            /** @description Source seconds. */
            time: number;
        };
        Thumbnail: {
            miniatureId: string;
            /** @enum {string} */
            kind: "proxy" | "thumbnail" | "strip" | "waveform";
            source: string;
            /**
             * @description Asked for again, something that failed is tried again.
             * @enum {string}
             */
            status: "waiting" | "making" | "ready" | "failed";
            progress: number;
            /**
             * Format: uri-reference
             * @description The file, once it is ready.
             */
            url: string | null;
            error: string | null;
            errorCode: string | null;
            facts: components["schemas"]["ThumbnailFacts"] | null;
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
        /** @description One thing wrong with a request. */
        Fault: {
            /** @description Such as `segments[41].endTime`; empty for the whole. */
            place: string;
            code: string;
            /** @description Words for a person. */
            message: string;
        };
        /** @description How a run of an export ended. */
        ExportEvent: {
            /** @enum {string} */
            type: "export.completed" | "export.failed" | "export.cancelled";
            /**
             * Format: date-time
             * @description When the run ended.
             */
            timestamp: string;
            data: components["schemas"]["Status"];
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
        /**
         * OutputPreview
         * @description The file that would be delivered.
         */
        OutputPreview: {
            /** Container */
            container: string;
            /** Picturecodec */
            pictureCodec: string;
            /**
             * Soundcodec
             * @description empty: no track
             */
            soundCodec: string;
            /**
             * Sound
             * @description copied: the source's own packets; none: no track
             * @enum {string}
             */
            sound: "copied" | "encoded" | "none";
            /**
             * Soundreason
             * @description why it would be copied or encoded
             */
            soundReason: string;
            /** Width */
            width: number;
            /** Height */
            height: number;
            /**
             * Rate
             * @description frames per second as an exact ratio
             */
            rate: string;
            /** Frames */
            frames: number;
            /** Seconds */
            seconds: number;
        };
        /**
         * OutputReport
         * @description The delivered file.
         */
        OutputReport: {
            /** Container */
            container: string;
            /** Picturecodec */
            pictureCodec: string;
            /** Soundcodec */
            soundCodec: string;
            /**
             * Sound
             * @description copied: the source's own packets; none: no track
             * @enum {string}
             */
            sound: "copied" | "encoded" | "none";
            /**
             * Soundreason
             * @description why it was copied or encoded
             */
            soundReason: string;
            /** Width */
            width: number;
            /** Height */
            height: number;
            /**
             * Rate
             * @description frames per second as an exact ratio
             */
            rate: string;
            /** Frames */
            frames: number;
            /**
             * Samples
             * @description sound samples at 48 kHz; 0: no track
             */
            samples: number;
            /** Seconds */
            seconds: number;
            /** Bytes */
            bytes: number;
            /** Sha256 */
            sha256: string;
        };
        /**
         * PlanPreview
         * @description How a programme would be made; the estimates leave out what it would wait for others.
         */
        PlanPreview: {
            output: components["schemas"]["OutputPreview"];
            /** Segments */
            segments: components["schemas"]["SegmentReport"][];
            totals: components["schemas"]["TotalsPreview"];
            /**
             * Estimatedseconds
             * @description of work, on this machine if it were idle
             */
            estimatedSeconds: number;
            /**
             * Estimatedbytes
             * @description of the file
             */
            estimatedBytes: number;
        };
        /**
         * Preview
         * @description What `POST /api/export/validate` answers.
         */
        Preview: {
            plan: components["schemas"]["PlanPreview"];
            /** Warnings */
            warnings: string[];
        };
        /**
         * Report
         * @description What `GET /api/export/{id}/report` answers.
         */
        Report: {
            /** Jobid */
            jobId: string;
            output: components["schemas"]["OutputReport"];
            /** Segments */
            segments: components["schemas"]["SegmentReport"][];
            totals: components["schemas"]["TotalsReport"];
            /** Warnings */
            warnings: string[];
        };
        /**
         * SegmentReport
         * @description One segment: source frames asked for by the frame rule, and where they stand.
         */
        SegmentReport: {
            /** Index */
            index: number;
            /** Sourceindex */
            sourceIndex: number;
            /** Sourcename */
            sourceName: string;
            /**
             * Programstart
             * @description first programme frame
             */
            programStart: number;
            /**
             * Programend
             * @description programme frame after the last
             */
            programEnd: number;
            /**
             * Firstframe
             * @description source frame shown first; null: black or skipped
             */
            firstFrame: number | null;
            /**
             * Lastframe
             * @description source frame shown last
             */
            lastFrame: number | null;
            /**
             * Copiedframes
             * @default 0
             */
            copiedFrames?: number;
            /**
             * Convertedframes
             * @default 0
             */
            convertedFrames?: number;
            /**
             * Blackframes
             * @default 0
             */
            blackFrames?: number;
            /**
             * Reasons
             * @description why frames were converted
             * @default []
             */
            reasons?: string[];
            /**
             * Avoffsetms
             * @description how much later the sound is than the picture, by construction
             * @default 0
             */
            avOffsetMs?: number;
        };
        /**
         * SoundFacts
         * @description The sound that is heard of a source.
         */
        SoundFacts: {
            /** Codec */
            codec: string;
            /**
             * Rate
             * @description samples per second
             */
            rate: number;
            /** Channels */
            channels: number;
        };
        /**
         * SourceEntry
         * @description One file in the sources folder; `facts`, `error`, or neither while nobody has looked.
         */
        SourceEntry: {
            /**
             * Filepath
             * @description what a config's `sources[].filePath` says to mean it
             */
            filePath: string;
            /** Bytes */
            bytes: number;
            /**
             * Modifiedat
             * Format: date-time
             */
            modifiedAt: string;
            /** @default null */
            facts?: components["schemas"]["SourceFacts"] | null;
            /**
             * Probing
             * @description it is about to be looked into: ask again
             * @default false
             */
            probing?: boolean;
            /**
             * Growing
             * @description it was written to only just now
             * @default false
             */
            growing?: boolean;
            /**
             * Error
             * @description why it cannot be used, for a person
             * @default null
             */
            error?: string | null;
            /**
             * Errorcode
             * @default null
             */
            errorCode?: string | null;
        };
        /**
         * SourceFacts
         * @description What a look into a source found.
         */
        SourceFacts: {
            /**
             * Duration
             * @description seconds of picture
             */
            duration: number;
            /**
             * Fps
             * @description frames per second; the average where it varies
             */
            fps: number;
            /** Hasconstantrate */
            hasConstantRate: boolean;
            /** Frames */
            frames: number;
            /**
             * Width
             * @description of the picture as a player shows it, turned, in square pixels
             */
            width: number;
            /** Height */
            height: number;
            /**
             * Rotation
             * @description degrees clockwise by which the stored picture is turned
             */
            rotation: number;
            /** Codec */
            codec: string;
            /** Pixelformat */
            pixelFormat: string;
            /**
             * Keyframeinterval
             * @description seconds from one key frame to the next, the usual number; null: no index tells
             */
            keyFrameInterval: number | null;
            /** @description null: none can be heard */
            sound: components["schemas"]["SoundFacts"] | null;
            /**
             * Createdat
             * @description by the camera's clock, where it says so
             */
            createdAt: string | null;
        };
        /**
         * SourcePage
         * @description Some of the sources, by their paths.
         */
        SourcePage: {
            /** Sources */
            sources: components["schemas"]["SourceEntry"][];
            /**
             * Nextcursor
             * @description pass it as `cursor` for the next page; null on the last
             */
            nextCursor: string | null;
        };
        /**
         * StageSeconds
         * @description Where a render's time went, by the clock.
         *
         *     `pictures` and `sound` lie within `rendering`. Pieces are made side by side, so that the sum of
         *     their times can be more than its.
         */
        StageSeconds: {
            /**
             * Planning
             * @default 0
             */
            planning?: number;
            /**
             * Rendering
             * @default 0
             */
            rendering?: number;
            /**
             * Assembling
             * @default 0
             */
            assembling?: number;
            /**
             * Verifying
             * @default 0
             */
            verifying?: number;
            /**
             * Pictures
             * @description the sum over the pieces of picture made
             * @default 0
             */
            pictures?: number;
            /**
             * Sound
             * @description the sum over the pieces of sound made
             * @default 0
             */
            sound?: number;
        };
        /**
         * TotalsPreview
         * @description Sums over all segments.
         */
        TotalsPreview: {
            /** Frames */
            frames: number;
            /** Copiedframes */
            copiedFrames: number;
            /** Convertedframes */
            convertedFrames: number;
            /** Blackframes */
            blackFrames: number;
        };
        /**
         * TotalsReport
         * @description Sums over all segments, and the work they took.
         */
        TotalsReport: {
            /** Frames */
            frames: number;
            /** Copiedframes */
            copiedFrames: number;
            /** Convertedframes */
            convertedFrames: number;
            /** Blackframes */
            blackFrames: number;
            /**
             * Standinframes
             * @description frames that a neighbour stands in for, because theirs could not be decoded
             */
            standInFrames: number;
            /**
             * Undecodableframes
             * @description frames that are black because of damage
             */
            undecodableFrames: number;
            /** Pieces */
            pieces: number;
            /** Piecesreused */
            piecesReused: number;
            /** Renderseconds */
            renderSeconds: number;
            /**
             * @default {
             *       "planning": 0,
             *       "rendering": 0,
             *       "assembling": 0,
             *       "verifying": 0,
             *       "pictures": 0,
             *       "sound": 0
             *     }
             */
            stageSeconds?: components["schemas"]["StageSeconds"];
        };
        Known: {
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
            /** Format: uri-reference */
            statusUrl: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The id of this request in the log; a plain one of the client's is kept. */
        RequestId: string;
        /** @description `no-store` */
        NoStore: "no-store";
        /** @description Where to watch the export. */
        StatusLocation: string;
        /** @description Names these very bytes. */
        ETag: string;
        /** @description Seconds to wait before asking again. */
        RetryAfter: 10;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    exportEnded: {
        parameters: {
            query?: never;
            header: {
                /** @description The same however often the message is sent: whoever remembers it does it once. */
                "webhook-id": string;
                /** @description When this try was made, in Unix seconds. */
                "webhook-timestamp": string;
                /** @description `v1,` and an HMAC-SHA256 in base64; several where secrets are changed. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportEvent"];
            };
        };
        responses: {
            /** @description Not wanted: it is not sent again. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken: it is not sent again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken: it is sent again later. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
