"""How AWS says no: an error document with a code, a message and what it is about."""

from http import HTTPStatus

from sandbox.server.calls import Answer, Call
from sandbox.server.elements import element


def refusal(call: Call, status: int, code: str, message: str, **more: str) -> Answer:
    """An error in the form of the service; a HEAD request gets its status alone, as from S3."""
    named = {"Code": code, "Message": message, **({"BucketName": call.bucket} if call.bucket else {}), **more}
    error = element("Error", *(element(name, value) for name, value in named.items()))
    root = error if call.service == "s3" else element("ErrorResponse", error)
    written = f'<?xml version="1.0" encoding="UTF-8"?>\n{root.written()}'
    return Answer(status).with_body(b"" if call.method == "HEAD" else written.encode())


def access_denied(call: Call, message: str = "Access Denied") -> Answer:
    """The answer to whoever may not."""
    return refusal(call, HTTPStatus.FORBIDDEN, "AccessDenied", message)


def malformed_xml(call: Call, message: str = "") -> Answer:
    """The answer to a document that is not of the published form."""
    always = "The XML you provided was not well-formed or did not validate against our published schema"
    return invalid(call, "MalformedXML", f"{always}: {message}" if message else always)


def invalid(call: Call, code: str, message: str, **more: str) -> Answer:
    """The answer to a request that contradicts itself or what is there."""
    return refusal(call, HTTPStatus.BAD_REQUEST, code, message, **more)


def no_bucket(call: Call) -> Answer:
    """The answer where no such bucket is."""
    return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchBucket", "The specified bucket does not exist")


def no_key(call: Call) -> Answer:
    """The answer where no such object is."""
    message = "The specified key does not exist."
    return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchKey", message, Key=call.key)


def not_built(call: Call, message: str) -> Answer:
    """The answer where the sandbox knows no such operation."""
    whole = f"The sandbox does not have this operation. {message}".strip()
    return refusal(call, HTTPStatus.NOT_IMPLEMENTED, "NotImplemented", whole)


def broken(call: Call, fault: Exception) -> Answer:
    """The answer where moto, or this layer, failed on the request."""
    message = f"The sandbox failed on this request: {type(fault).__name__}: {fault}"
    return refusal(call, HTTPStatus.INTERNAL_SERVER_ERROR, "InternalError", message)
