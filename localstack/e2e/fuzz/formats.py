"""Formats of the API's description that JSON Schema does not know, for schemathesis to generate."""

import base64
import gzip

import schemathesis
from hypothesis import strategies as st


def packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data)).decode()


schemathesis.openapi.format("base64-gzip", st.binary(max_size=200).map(packed))
