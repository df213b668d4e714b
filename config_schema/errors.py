"""Everything that can go wrong with an export, as one tree.

    ExportError
    +-- RequestRefused               the request itself
    |   +-- BodyNotJson              not JSON, or JSON that no parser should trust
    |   +-- BodyTooLarge
    |   +-- ConfigInvalid            carries every fault with its place
    |   +-- NotKnown                 no key or token, or none that counts
    |   +-- NotAllowed               somebody who may not have this
    |   +-- TooManyRequests
    |   +-- QuotaReached             as much as the tenant may have
    |   +-- CallbackRefused          a callback address that may not be called
    |   +-- JobNotFound
    |   +-- JobConflict              same id, other config
    |   +-- NotRetryable             retry of a job that neither failed nor was cancelled
    |   +-- NotCompleted             download or report of a job that has none
    |   +-- NotUnderWay              pause, resume or priority of a job that is over
    |   +-- NotOver                  purge of a job that is still to be done
    |   +-- MiniatureNotFound          no such source, or nothing of it was asked for
    |   +-- SyncInvalid              no sources whose sounds can be compared; with its places
    |   +-- UploadRefused            an upload into the sources folder
    |       +-- UploadInvalid        what its headers say
    |       +-- TusVersionWrong      another version of the protocol, or none
    |       +-- NotOffsetOctets      a body of another media type
    |       +-- UploadNotFound       no such upload, or one that has expired
    |       +-- NameTaken            a source, or an upload under way, has the name
    |       +-- OffsetWrong          bytes for another place than where the upload stands
    |       +-- UploadFinished       it is a source by now
    |       +-- UploadLocked         another request is sending into it
    |       +-- UploadTooLarge
    |       +-- OverQuota            more than a tenant's sources may take
    |       +-- ChecksumMismatch     what arrived is not what was sent
    |       +-- UploadBroken         the connection ended before the body did
    +-- SourceFault                  a camera file
    |   +-- SourceMissing
    |   +-- SourceRefused            a path that may not be opened
    |   +-- SourceUnreadable         opened, but not a video we can read
    |   +-- SourceChanged            another file now than when the job was planned
    |   +-- LookTooSlow              would have to be read through to be looked into
    +-- RenderFault                  the work
    |   +-- EncoderFailed            FFmpeg said no
    |   +-- ChildCrashed             a child process died of a signal of its own
    |   |   +-- ChildKilled          somebody killed it: an operator, or the kernel
    |   +-- Stalled                  a child process made no progress
    |   +-- OutOfMemory
    |   +-- LimitExceeded            a child process used up more than it may
    |   +-- VerificationFailed       made, checked, and not what was planned
    |   +-- DiedTooOften             the worker died again and again on the same piece
    +-- ServiceFault                 the house
    |   +-- NoSpace                  the volume is full; the job waits
    |   |   +-- NoRoom               an upload does not fit above the reserve
    |   +-- VolumeUnavailable        the volume cannot take a job
    |   +-- SettingsInvalid
    |   +-- InternalFault            a defect of ours
    +-- Cancelled                    asked for, hence no fault; unwinds the render
    |   +-- ClaimLost                another host runs the job by now
    |   +-- TurnOver                 others wait; goes on from its pieces when they had their turn
    |   +-- Paused                   by an operator; goes on from its pieces when it is resumed

The class decides code, blame and whether trying again can help; no caller inspects a text.
`str(error)` is one sentence for a person. `detail` is for the log and never leaves the house.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Blame = Literal["client", "source", "service", "nobody"]


class Fault(NamedTuple):
    """One thing wrong with a config: where, a stable code, and words a podcaster understands."""

    place: str
    code: str
    message: str


class ExportError(Exception):
    """The export could not be made."""

    code = "export_failed"
    blame: Blame = "service"
    retryable = False

    def __init__(self, message: str | None = None, *, detail: str = "") -> None:
        super().__init__(message or type(self).__doc__ or "")
        self.detail = detail


class RequestRefused(ExportError):
    """The request cannot be accepted."""

    code = "request_refused"
    blame: Blame = "client"
    #: What is wrong where, for those that can tell.
    faults: tuple[Fault, ...] = ()


class BodyNotJson(RequestRefused):
    """The request's body is not valid JSON."""

    code = "not_json"

    def __init__(self, message: str | None = None, *, place: str = "", detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.faults = (Fault(place, self.code, str(self)),)


class BodyTooLarge(RequestRefused):
    """The request's body is too large."""

    code = "too_large"


class ConfigInvalid(RequestRefused):
    """The export config has faults."""

    code = "invalid_config"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        where = f"{first.place}: " if first.place else ""
        super().__init__(f"{where}{first.message}{more}")
        self.faults = faults


class NotKnown(RequestRefused):
    """This service answers only those who say who they are: send an API key or a token."""

    code = "not_known"


class NotAllowed(RequestRefused):
    """This is not for whoever asks."""

    code = "not_allowed"


class TooManyRequests(RequestRefused):
    """Too many requests in a short time; slow down."""

    code = "too_many_requests"

    def __init__(self, message: str | None = None, *, retry_after_seconds: int = 1) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class QuotaReached(RequestRefused):
    """There are as many exports as there may be."""

    code = "quota_reached"
    #: When it may be worth another try; nobody knows.
    retry_after_seconds = 60


class CallbackRefused(RequestRefused):
    """The callback address is not one that this service may call."""

    code = "callback_refused"


class JobNotFound(RequestRefused):
    """There is no export with this id."""

    code = "not_found"


class JobConflict(RequestRefused):
    """An export with this id exists already and its config is another one."""

    code = "conflict"


class NotRetryable(RequestRefused):
    """Only a failed or a cancelled export can be tried again."""

    code = "not_retryable"


class NotCompleted(RequestRefused):
    """This export is not completed."""

    code = "not_completed"


class NotUnderWay(RequestRefused):
    """Only an export that waits or is being made can be paused, resumed or served earlier."""

    code = "not_under_way"


class NotOver(RequestRefused):
    """Only an export that is completed, failed or cancelled can be purged."""

    code = "not_over"


class MiniatureNotFound(RequestRefused):
    """There is no such source, or nothing that was made of it under this name."""

    code = "miniature_not_found"


class SyncInvalid(RequestRefused):
    """The request names no sources whose sounds can be compared."""

    code = "invalid_sync"

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(faults[0].message if faults else None)
        self.faults = faults


class UploadRefused(RequestRefused):
    """The upload cannot be accepted."""

    code = "upload_refused"


class UploadInvalid(UploadRefused):
    """The upload's headers are wrong."""

    code = "invalid_upload"

    def __init__(self, message: str | None = None, *, place: str = "") -> None:
        super().__init__(message)
        self.faults = (Fault(place, self.code, str(self)),)


class TusVersionWrong(UploadRefused):
    """Uploads speak tus 1.0.0; the request must say so in its header Tus-Resumable."""

    code = "tus_version"


class NotOffsetOctets(UploadRefused):
    """The bytes of an upload must be sent as application/offset+octet-stream."""

    code = "not_offset_octets"


class UploadNotFound(UploadRefused):
    """There is no such upload, or it has expired."""

    code = "upload_not_found"


class NameTaken(UploadRefused):
    """There is a source of this name already; nothing is ever overwritten."""

    code = "name_taken"


class OffsetWrong(UploadRefused):
    """The upload stands at another place; ask where with HEAD and go on from there."""

    code = "wrong_offset"


class UploadFinished(UploadRefused):
    """The upload is finished; its file is a source by now."""

    code = "upload_finished"


class UploadLocked(UploadRefused):
    """Another request is sending into this upload; try again in a moment."""

    code = "upload_locked"


class UploadTooLarge(UploadRefused):
    """The upload is too large."""

    code = "upload_too_large"


class OverQuota(UploadRefused):
    """There is no room left for more sources of yours; remove some first."""

    code = "over_quota"


class ChecksumMismatch(UploadRefused):
    """What arrived is not what was sent, and was thrown away; send it again."""

    code = "checksum_mismatch"


class UploadBroken(UploadRefused):
    """The connection ended before everything had arrived; go on from where the upload stands."""

    code = "upload_broken"


class SourceFault(ExportError):
    """A camera file cannot be used."""

    code = "source_fault"
    blame: Blame = "source"


class SourceMissing(SourceFault):
    """A camera file is not in the sources folder."""

    code = "source_missing"


class SourceRefused(SourceFault):
    """A camera file's path is not allowed."""

    code = "source_refused"


class SourceUnreadable(SourceFault):
    """A camera file is not a video that can be read."""

    code = "source_unreadable"


class SourceChanged(SourceFault):
    """A camera file was changed while the export was being made."""

    code = "source_changed"


class LookTooSlow(SourceFault):
    """The camera files have to be read through, which takes longer than a look may take."""

    code = "look_too_slow"


class RenderFault(ExportError):
    """The programme could not be rendered."""

    code = "render_fault"


class EncoderFailed(RenderFault):
    """The encoder refused the work."""

    code = "encoder_failed"


class ChildCrashed(RenderFault):
    """A rendering process crashed."""

    code = "child_crashed"
    retryable = True


class ChildKilled(ChildCrashed):
    """A rendering process was killed."""


class Stalled(RenderFault):
    """A rendering process made no progress any more."""

    code = "stalled"
    retryable = True


class OutOfMemory(RenderFault):
    """A rendering process ran out of memory."""

    code = "out_of_memory"
    retryable = True


class LimitExceeded(RenderFault):
    """A rendering process used up more of the machine than it may."""

    code = "limit_exceeded"


class VerificationFailed(RenderFault):
    """The rendered programme is not what was planned."""

    code = "verification_failed"


class DiedTooOften(RenderFault):
    """Rendering was killed again and again on the same piece of this export."""

    code = "died_too_often"


class ServiceFault(ExportError):
    """The export service is not able to do this now."""

    code = "service_fault"


class NoSpace(ServiceFault):
    """The media volume is full."""

    code = "no_space"
    retryable = True


class NoRoom(NoSpace):
    """There is no room on the media volume for this upload now."""

    code = "no_room"


class VolumeUnavailable(ServiceFault):
    """The media volume cannot be written."""

    code = "volume_unavailable"
    retryable = True


class SettingsInvalid(ServiceFault):
    """A setting is wrong."""

    code = "settings_invalid"
    blame: Blame = "service"


class InternalFault(ServiceFault):
    """Something unexpected went wrong inside the export service."""

    code = "internal"


class Cancelled(ExportError):
    """The export was cancelled."""

    code = "cancelled"
    blame: Blame = "nobody"


class ClaimLost(Cancelled):
    """Another host runs this export by now."""

    code = "claim_lost"


class TurnOver(Cancelled):
    """Other exports wait for their turn."""

    code = "turn_over"


class Paused(Cancelled):
    """The export was paused by the operator."""

    code = "paused"
