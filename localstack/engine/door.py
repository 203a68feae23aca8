"""The door of the local cloud: who comes in.

MiniStack itself takes any key from anyone, a web page included. Behind this door it takes only what was signed (AWS
Signature Version 4) with the key of this start or with one that it gave out itself, such as a role's. A browser is refused
whatever it signs, and so is a Host that is not this machine's loopback: that is how a page reaches here by DNS rebinding.
"""

import hashlib
import hmac
import os
import re
from urllib.parse import parse_qs, quote

from ministack import app as cloud
from ministack.core import lambda_runtime
from ministack.core.iam_evaluator import AuthError, CredentialResolutionError, find_iam_access_key_account, resolve_credential
from ministack.core.responses import _account_from_sts_session
from ministack.core.router import detect_service
from ministack.core.sigv4 import (
    decode_header_value,
    header_signature_failure,
    parse_header_signature,
    parse_query_signature,
    presigned_request_is_expired,
    request_time_failure,
)
from ministack.services import lambda_svc, sts

ACCOUNT = "000000000000"
READY = "/_ministack/ready"
CODE = "/_ministack/lambda-code/"
# Only a browser sends these, and every browser sends at least one with what a page asks of another site.
# sec-fetch-mode is not among them: Node's fetch sends it.
BROWSER = (b"origin", b"sec-fetch-site", b"sec-fetch-dest")
# On any port: a relay or a tunnel to here is the user's own, and rebinding needs a name of the attacker's.
HOSTS = (b"127.0.0.1", b"localhost", b"[::1]")
_PORT = re.compile(rb":\d+$")
_MESSAGE_END = re.compile(rb'(?="\}$|</Message>)')
HASHED = 64  # letters of a SHA-256
ADVICE = "This local cloud takes requests signed with its own key: npm run token -- --aws-env says where that is."


def close(secret: str, open_api: bool) -> None:
    """Puts the door before MiniStack's application. `open_api` lets callers of deployed APIs in without a signature, pages
    too: their authorizers and CORS answers look at them, as on AWS."""
    key = secret.encode()
    _hide_role_keys(key)
    _sign_code_links(key)
    inside = cloud.app

    async def door(scope, receive, send):
        if scope["type"] == "lifespan":
            return await inside(scope, receive, send)
        if scope["type"] != "http":
            return await send({"type": "websocket.close", "code": 1008})
        path = scope["path"]
        # A deployed API decides itself which pages may ask it.
        to_api = open_api and path.startswith("/restapis/") and "/_user_request_/" in path
        why = _foreign_host(scope["headers"]) or (None if to_api else _browser(scope["headers"]))
        if why is not None:
            return await _answer(send, 403, {"Content-Type": "text/plain"}, why.encode())
        if to_api:
            return await inside(scope, receive, send)
        send = _without_cors(send)
        if path == READY or (path.startswith(CODE) and _link_is_ours(scope, key)):
            return await inside(scope, receive, send)
        request = _Request(scope)
        failure = request.failure(b"") if request.names_its_body else request.unsigned()
        if failure is None:
            body = await _read(receive)
            if body is None:
                return None
            failure = request.body_failure(body) if request.names_its_body else request.failure(body)
        if failure is not None:
            return await _refuse(send, request, failure)
        return await inside(scope, _replayed(body, receive), send)

    cloud.app = door


def _foreign_host(headers: list) -> str | None:
    named = [value for name, value in headers if name == b"host"]
    if len(named) == 1 and _PORT.sub(b"", named[0]).lower() in HOSTS:
        return None
    return "This local cloud answers to 127.0.0.1 and localhost alone.\n"


def _browser(headers: list) -> str | None:
    if any(name in BROWSER for name, _ in headers):
        return "This local cloud takes no requests from a browser.\n"
    return None


class _Request:
    """What a signature is about. Header names come in lower case from the server."""

    def __init__(self, scope):
        self.method = scope["method"]
        self.path = scope["path"]
        self.raw_path = (scope.get("raw_path") or quote(self.path).encode()).decode("latin-1")
        self.query = parse_qs(scope.get("query_string", b"").decode("utf-8", "replace"), keep_blank_values=True)
        self.headers: dict[str, str] = {}
        for raw_name, value in scope["headers"]:
            name, text = raw_name.decode("latin-1").lower(), decode_header_value(value)
            self.headers[name] = f"{self.headers[name]},{text}" if name in self.headers else text
        self.authorization = self.headers.get("authorization", "")
        self.presigned = not self.authorization and "X-Amz-Signature" in self.query

    @property
    def names_its_body(self) -> bool:
        """Whether the signature can be checked before the body is read."""
        content = self.headers.get("x-amz-content-sha256", "")
        return self.presigned or (content != "" and not content.startswith("STREAMING-AWS4-HMAC"))

    def unsigned(self) -> AuthError | None:
        if self.presigned or self.authorization.startswith("AWS4-HMAC-SHA256 "):
            return None
        return AuthError("MissingAuthenticationToken", "The request is not signed.")

    def failure(self, body: bytes) -> AuthError | None:
        if (failure := self.unsigned()) is not None:
            return failure
        signature = parse_query_signature(self.query) if self.presigned else parse_header_signature(self.headers)
        if isinstance(signature, tuple):
            return AuthError(*signature)
        if signature.region_set is not None:
            return AuthError("IncompleteSignature", "Sign with AWS4-HMAC-SHA256.")
        if (late := self._time_failure(signature)) is not None:
            return late
        known = _credential(signature.access_key_id, self._token())
        if isinstance(known, CredentialResolutionError):
            return AuthError(known.code, known.message)
        wrong = header_signature_failure(
            signature, known.secret_access_key, self.method, self.raw_path, self.query, self.headers, body,
            presigned=self.presigned,
        )
        return None if wrong is None else AuthError(*wrong)

    def body_failure(self, body: bytes) -> AuthError | None:
        """The signature holds the hash that the client gave: is it this body's?"""
        content = self.headers.get("x-amz-content-sha256", "")
        if len(content) != HASHED or hashlib.sha256(body).hexdigest() == content:
            return None
        return AuthError("XAmzContentSHA256Mismatch", "The body is not the one that was signed.")

    def _token(self) -> str:
        if self.presigned:
            return self.query.get("X-Amz-Security-Token", [""])[0]
        return self.headers.get("x-amz-security-token", "")

    def _time_failure(self, signature) -> AuthError | None:
        if not self.presigned:
            skewed = request_time_failure(signature)
            return None if skewed is None else AuthError(*skewed)
        try:
            expired = presigned_request_is_expired(signature.amz_date, self.query.get("X-Amz-Expires", ["0"])[0])
        except ValueError:
            expired = True
        return AuthError("AccessDenied", "Request has expired") if expired else None


def _credential(access_key_id: str, token: str):
    account = _account_from_sts_session(access_key_id) or find_iam_access_key_account(access_key_id) or ACCOUNT
    return resolve_credential(access_key_id, account, token)


def _hide_role_keys(key: bytes) -> None:
    """MiniStack derives the key of a function's role from names that anyone may know: derive it from the secret too."""
    derived = lambda_runtime.execution_credentials

    def execution_credentials(config: dict) -> dict[str, str]:
        given = derived(config)
        if not cloud.AUTH:
            return given
        hidden = hmac.new(key, given["AWS_SECRET_ACCESS_KEY"].encode(), hashlib.sha256).hexdigest()
        sts._sessions[given["AWS_ACCESS_KEY_ID"]]["SecretAccessKey"] = hidden
        return {**given, "AWS_SECRET_ACCESS_KEY": hidden}

    lambda_runtime.execution_credentials = execution_credentials
    lambda_svc.execution_credentials = execution_credentials


def _sign_code_links(key: bytes) -> None:
    """The link to a function's code, which AWS presigns, carries a real signature."""
    linked = lambda_svc._presigned_code_url

    def presigned_code_url(name: str) -> str:
        link = linked(name)
        path = link[link.index(CODE) : link.index("?")]
        return f"{link}&{_LINK_KEY}={_link_signature(key, path)}"

    lambda_svc._presigned_code_url = presigned_code_url


_LINK_KEY = "key"


def _link_signature(key: bytes, path: str) -> str:
    return hmac.new(key, path.encode(), hashlib.sha256).hexdigest()


def _link_is_ours(scope, key: bytes) -> bool:
    given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(_LINK_KEY, [""])[0]
    return hmac.compare_digest(given.encode(), _link_signature(key, scope["path"]).encode())


async def _read(receive) -> bytes | None:
    """The whole body, or None when the client went away."""
    chunks = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(chunks)


def _replayed(body: bytes, receive):
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again():
        return waiting.pop() if waiting else await receive()

    return again


def _without_cors(send):
    """No page may read what comes from here, whatever MiniStack allows."""

    async def send_without(message):
        if message["type"] == "http.response.start":
            headers = [pair for pair in message["headers"] if not pair[0].lower().startswith(b"access-control-")]
            message = {**message, "headers": headers}
        await send(message)

    return send_without


async def _refuse(send, request: _Request, failure: AuthError) -> None:
    service = detect_service(request.method, request.path, request.headers, request.query)
    _, headers, body = cloud._credential_failure(service, "", os.urandom(16).hex(), failure, request.headers)
    # Each service words its error by itself; the advice goes to the end of its message.
    await _answer(send, 403, headers, _MESSAGE_END.sub(f" {ADVICE}".encode(), body, count=1))


async def _answer(send, status: int, headers: dict, body: bytes) -> None:
    await cloud._send_response(send, status, headers, body)
