"""A server on this machine that answers as identity providers do.

OpenID Connect after OpenID Connect Core 1.0, as Google (https://developers.google.com/identity/openid-connect)
and ORCID (https://info.orcid.org/documentation/api-tutorials/) speak it, and GitHub's own protocol
(https://docs.github.com/en/apps/oauth-apps) below /login/oauth/ and /api/v3/.
"""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

CODE, TOKEN = "the-code", "the-access-token"


class IdentityServer:
    """The server; `claims`, `emails` and `memberships` are what it says of who signs in there."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.emails: list[dict[str, Any]] = []
        self.memberships: dict[str, str] = {}
        self.id_token: dict[str, Any] = {}
        self.says: dict[str, Any] = {}
        self.is_broken = False
        self.left: dict[str, str] = {}
        self.asked: list[str] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                status, said = stub.answer(self, self.rfile.read(length).decode())
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def leave(self, url: str) -> None:
        """A browser arrives here: remember with what it was sent."""
        asked = urlsplit(url)
        assert f"{asked.scheme}://{asked.netloc}" == self.origin
        self.left = {name: values[0] for name, values in parse_qs(asked.query).items()}

    def answer(self, asked: BaseHTTPRequestHandler, body: str) -> tuple[int, Any]:
        """What it says to a request of the site."""
        path = urlsplit(asked.path).path
        self.asked.append(path)
        if self.is_broken:
            return 500, {"error": "server_error"}
        if path == "/.well-known/openid-configuration":
            return 200, self._describe()
        if path in {"/token", "/login/oauth/access_token"}:
            return self._exchange({name: one[0] for name, one in parse_qs(body).items()})
        if asked.headers.get("Authorization", "").split()[-1:] != [TOKEN]:
            return 401, {"message": "Requires authentication"}
        if path in {"/userinfo", "/api/v3/user"}:
            return 200, self.claims
        if path == "/api/v3/user/emails":
            return 200, self.emails
        organization = path.removeprefix("/api/v3/user/memberships/orgs/")
        if organization in self.memberships:
            return 200, {"state": self.memberships[organization], "role": "member"}
        return 404, {"message": "Not Found"}

    def _describe(self) -> dict[str, Any]:
        names = ("token", "userinfo", "authorize", "keys")
        token, userinfo, authorize, keys = (f"{self.origin}/{name}" for name in names)
        return {
            "issuer": self.origin, "authorization_endpoint": authorize, "token_endpoint": token,
            "userinfo_endpoint": userinfo, "jwks_uri": keys,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"], **self.says,
        }  # fmt: skip

    def _exchange(self, sent: dict[str, str]) -> tuple[int, Any]:
        digest = sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_right = sent.get("code") == CODE and sent.get("client_secret") == "s3cret"
        if not is_right or challenge != self.left.get("code_challenge"):
            return 400, {"error": "invalid_grant"}
        said = {"access_token": TOKEN, "token_type": "Bearer", "scope": self.left["scope"]}
        if "openid" in self.left["scope"].split():
            now = int(time.time())
            claims = {
                "iss": self.origin, "aud": "lab", "sub": self.claims.get("sub"), "iat": now,
                "exp": now + 300, "nonce": self.left.get("nonce"), **self.id_token,
            }  # fmt: skip
            said["id_token"] = jwt.encode(claims, "k" * 32, headers={"kid": "1"})
        return 200, said
