// Written by scripts/generate.mjs from docs/openapi.json and docs/config.schema.json (27a6331d07e8110a0fe1bf1da160d3b70829c5a47ded340407c93bd16e95abd1).
export const config = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$defs": {
    "OutputSpec": {
      "description": "The file to make.",
      "properties": {
        "filePath": {
          "anyOf": [
            {
              "type": "string"
            },
            {
              "type": "null"
            }
          ],
          "default": "",
          "description": "Accepted for compatibility; never decides where anything is written.",
          "title": "File path"
        },
        "format": {
          "anyOf": [
            {
              "enum": [
                "mp4",
                "webm"
              ],
              "type": "string"
            },
            {
              "type": "null"
            }
          ],
          "default": "mp4",
          "description": "webm is VP9 and Opus, whatever `codec` says.",
          "title": "Format"
        },
        "width": {
          "anyOf": [
            {
              "minimum": 16,
              "type": "integer"
            },
            {
              "type": "null"
            }
          ],
          "default": null,
          "description": "Pixels, at most 16,384 unless the installation says otherwise; odd sizes are rounded down. Left out: the lead format's.",
          "title": "Width"
        },
        "height": {
          "anyOf": [
            {
              "minimum": 16,
              "type": "integer"
            },
            {
              "type": "null"
            }
          ],
          "default": null,
          "description": "Pixels, as for the width.",
          "title": "Height"
        },
        "fps": {
          "anyOf": [
            {
              "minimum": 1,
              "type": "number"
            },
            {
              "type": "null"
            }
          ],
          "default": null,
          "description": "Frames per second, at most 240 unless the installation says otherwise. 29.97 and its like mean n * 1000/1001; a whole number that is the lead format's rate rounded means that rate. Left out: the lead format's.",
          "title": "Frame rate"
        },
        "codec": {
          "anyOf": [
            {
              "enum": [
                "copy",
                "h264",
                "h265"
              ],
              "type": "string"
            },
            {
              "type": "null"
            }
          ],
          "default": "copy",
          "description": "copy: as much as possible is taken over without encoding, frame-exact.",
          "title": "Codec"
        },
        "includeAudio": {
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "null"
            }
          ],
          "default": true,
          "description": "Whether it has sound.",
          "title": "Sound switch"
        },
        "quality": {
          "anyOf": [
            {
              "enum": [
                "low",
                "medium",
                "high",
                "very_high"
              ],
              "type": "string"
            },
            {
              "type": "null"
            }
          ],
          "default": "high",
          "description": "Of whatever has to be encoded.",
          "title": "Quality"
        }
      },
      "title": "OutputSpec",
      "type": "object"
    },
    "Segment": {
      "description": "A range of one source; the programme plays the segments one after the other.",
      "properties": {
        "sourceIndex": {
          "description": "Which source, counted from 0.",
          "minimum": 0,
          "title": "Source index",
          "type": "integer"
        },
        "startTime": {
          "description": "Seconds in the source file. Before 0 the picture is black and silent.",
          "maximum": 1000000000,
          "minimum": -1000000000,
          "title": "Start time",
          "type": "number"
        },
        "endTime": {
          "description": "Seconds in the source file, later than the start. Beyond the end of the source the picture is black and silent.",
          "maximum": 1000000000,
          "minimum": -1000000000,
          "title": "End time",
          "type": "number"
        },
        "audioFromSource": {
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "null"
            }
          ],
          "default": true,
          "description": "Whether the source's sound is heard.",
          "title": "Sound switch"
        }
      },
      "required": [
        "sourceIndex",
        "startTime",
        "endTime"
      ],
      "title": "Segment",
      "type": "object"
    },
    "SourceRef": {
      "description": "A camera file. The numbers are the editor's belief; the truth is found in the file.",
      "properties": {
        "id": {
          "description": "The editor's id of the media.",
          "title": "Source id",
          "type": "string"
        },
        "name": {
          "description": "What the person calls the file.",
          "title": "Name",
          "type": "string"
        },
        "filePath": {
          "description": "The file below the sources folder, or an absolute path inside an allowed root. No `..`, no address of a server, no control characters.",
          "title": "File path",
          "type": "string"
        },
        "width": {
          "anyOf": [
            {
              "minimum": 0,
              "type": "integer"
            },
            {
              "type": "null"
            }
          ],
          "default": null,
          "description": "Pixels.",
          "title": "Width"
        },
        "height": {
          "anyOf": [
            {
              "minimum": 0,
              "type": "integer"
            },
            {
              "type": "null"
            }
          ],
          "default": null,
          "description": "Pixels.",
          "title": "Height"
        },
        "duration": {
          "anyOf": [
            {
              "minimum": 0,
              "type": "number"
            },
            {
              "type": "null"
            }
          ],
          "default": null,
          "description": "Seconds.",
          "title": "Duration"
        },
        "fps": {
          "anyOf": [
            {
              "minimum": 0,
              "type": "number"
            },
            {
              "type": "null"
            }
          ],
          "default": null,
          "description": "Frames per second.",
          "title": "Frame rate"
        },
        "hasAudio": {
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "null"
            }
          ],
          "default": true,
          "description": "Whether it has sound.",
          "title": "Sound flag"
        }
      },
      "required": [
        "id",
        "name",
        "filePath"
      ],
      "title": "SourceRef",
      "type": "object"
    }
  },
  "description": "What a client asks for: cameras, the cuts between them, and the file to make.",
  "properties": {
    "version": {
      "const": 1,
      "description": "The version of this format.",
      "title": "Version",
      "type": "integer"
    },
    "id": {
      "description": "The job's id, chosen by the client; names its folder.",
      "pattern": "^(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._-]{0,127}$",
      "title": "Export id",
      "type": "string"
    },
    "projectId": {
      "description": "The editor's id of the project.",
      "title": "Project id",
      "type": "string"
    },
    "projectName": {
      "description": "Names the downloaded file; any characters.",
      "title": "Project name",
      "type": "string"
    },
    "createdAt": {
      "description": "ISO 8601 with an offset or Z.",
      "format": "date-time",
      "title": "Creation time",
      "type": "string"
    },
    "sources": {
      "description": "The camera files, at most 64 unless the installation says otherwise.",
      "items": {
        "$ref": "#/$defs/SourceRef"
      },
      "minItems": 1,
      "title": "List of sources",
      "type": "array"
    },
    "segments": {
      "description": "The cuts in the order they are played, at most 20,000 and 24 hours unless the installation says otherwise.",
      "items": {
        "$ref": "#/$defs/Segment"
      },
      "minItems": 1,
      "title": "List of segments",
      "type": "array"
    },
    "output": {
      "$ref": "#/$defs/OutputSpec",
      "title": "Output"
    },
    "priority": {
      "anyOf": [
        {
          "enum": [
            "high",
            "normal",
            "low"
          ],
          "type": "string"
        },
        {
          "type": "null"
        }
      ],
      "default": null,
      "description": "Its place in the queue.",
      "title": "Priority"
    },
    "callbackUrl": {
      "anyOf": [
        {
          "type": "string"
        },
        {
          "type": "null"
        }
      ],
      "default": null,
      "description": "An https address that is told when a run of the export ends, by a signed webhook. Taken where the installation has webhooks set up.",
      "format": "uri",
      "title": "Callback address"
    },
    "status": {
      "anyOf": [
        {
          "type": "string"
        },
        {
          "type": "null"
        }
      ],
      "default": null,
      "description": "Ignored.",
      "title": "Status"
    }
  },
  "required": [
    "version",
    "id",
    "projectId",
    "projectName",
    "createdAt",
    "sources",
    "segments",
    "output"
  ],
  "title": "Export config, version 1",
  "type": "object"
};

export const status = {
  "type": "object",
  "properties": {
    "jobId": {
      "type": "string"
    },
    "status": {
      "type": "string",
      "enum": [
        "pending",
        "processing",
        "completed",
        "failed",
        "cancelled"
      ]
    },
    "progress": {
      "type": "number",
      "minimum": 0,
      "maximum": 1,
      "description": "Never goes back within one run; 1 only when completed."
    },
    "message": {
      "type": "string"
    },
    "stage": {
      "type": "string",
      "enum": [
        "queued",
        "planning",
        "rendering",
        "assembling",
        "verifying",
        "waiting",
        "paused"
      ]
    },
    "priority": {
      "type": "string",
      "enum": [
        "high",
        "normal",
        "low"
      ],
      "description": "Of exports that wait, those of the higher one come first."
    },
    "segmentsDone": {
      "type": "integer",
      "minimum": 0
    },
    "segmentsTotal": {
      "type": "integer",
      "minimum": 0
    },
    "etaSeconds": {
      "type": [
        "number",
        "null"
      ]
    },
    "queuePosition": {
      "type": [
        "integer",
        "null"
      ],
      "description": "Its place in the queue while it waits; the next one has 1."
    },
    "speed": {
      "type": [
        "number",
        "null"
      ],
      "description": "Programme seconds per second of work."
    },
    "warnings": {
      "type": "array",
      "items": {
        "type": "string"
      }
    },
    "error": {
      "type": [
        "string",
        "null"
      ]
    },
    "errorCode": {
      "type": [
        "string",
        "null"
      ]
    },
    "downloadUrl": {
      "type": [
        "string",
        "null"
      ],
      "format": "uri-reference"
    },
    "createdAt": {
      "type": "string",
      "format": "date-time"
    },
    "startedAt": {
      "type": [
        "string",
        "null"
      ],
      "format": "date-time"
    },
    "finishedAt": {
      "type": [
        "string",
        "null"
      ],
      "format": "date-time"
    },
    "attempt": {
      "type": "integer",
      "minimum": 1,
      "description": "Runs so far, this one included."
    }
  },
  "required": [
    "attempt",
    "createdAt",
    "downloadUrl",
    "error",
    "errorCode",
    "etaSeconds",
    "finishedAt",
    "jobId",
    "message",
    "priority",
    "progress",
    "queuePosition",
    "segmentsDone",
    "segmentsTotal",
    "speed",
    "stage",
    "startedAt",
    "status",
    "warnings"
  ]
};

export const problem = {
  "type": "object",
  "description": "What went wrong (RFC 9457).",
  "required": [
    "type",
    "title",
    "status",
    "detail",
    "error",
    "code",
    "requestId"
  ],
  "properties": {
    "type": {
      "type": "string",
      "format": "uri-reference"
    },
    "title": {
      "type": "string",
      "description": "The HTTP status in words."
    },
    "status": {
      "type": "integer",
      "minimum": 400,
      "maximum": 599
    },
    "detail": {
      "type": "string",
      "description": "The same sentence as `error`."
    },
    "error": {
      "type": "string",
      "description": "One sentence for a person."
    },
    "code": {
      "type": "string",
      "description": "Stable, for programs."
    },
    "requestId": {
      "type": "string",
      "description": "What the log knows this request by."
    },
    "errors": {
      "type": "array",
      "description": "Every fault of a refused request.",
      "items": {
        "$ref": "#/$defs/Fault"
      }
    },
    "missing": {
      "type": "array",
      "description": "With `not_ready`: what is missing.",
      "items": {
        "type": "string"
      }
    },
    "checks": {
      "type": "object",
      "description": "With `not_ready`: what was found of each thing.",
      "additionalProperties": {
        "type": "string"
      }
    }
  },
  "$defs": {
    "Fault": {
      "type": "object",
      "description": "One thing wrong with a request.",
      "required": [
        "place",
        "code",
        "message"
      ],
      "properties": {
        "place": {
          "type": "string",
          "description": "Such as `segments[41].endTime`; empty for the whole."
        },
        "code": {
          "type": "string"
        },
        "message": {
          "type": "string",
          "description": "Words for a person."
        }
      }
    }
  }
};
