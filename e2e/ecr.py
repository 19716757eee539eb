"""A stand-in for AWS: an egress proxy that leads every tunnel to an ECR API of its own.

ecr.py PORT CERTIFICATE KEY USER PASSWORD: answers GetAuthorizationToken, signed for eu-west-1, with that login.
"""

import base64
import json
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, CERTIFICATE, KEY, USER, PASSWORD = sys.argv[1:]
REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
TARGET = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"


class Tunnel(BaseHTTPRequestHandler):
    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        if self.path != "api.ecr.eu-west-1.amazonaws.com:443":
            return
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, KEY)
        with context.wrap_socket(self.connection, server_side=True) as tunnel:
            Api(tunnel, self.client_address, self.server)
        self.close_connection = True


class Api(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        signed = "/eu-west-1/ecr/aws4_request" in self.headers.get("Authorization", "")
        if not signed or self.headers.get("X-Amz-Target") != TARGET:
            self.answer(400, {"__type": "InvalidSignatureException"})
            return
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        self.answer(200, {"authorizationData": [{"authorizationToken": login, "expiresAt": time.time() + 43200,
                                                 "proxyEndpoint": f"https://{REGISTRY}"}]})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


ThreadingHTTPServer(("127.0.0.1", int(PORT)), Tunnel).serve_forever()
