#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes record_2.bin by core/storage/docs/recovery.md alone: numbers for points, nothing of the program. Needs python3-cryptography (AES-GCM)."""
import hashlib
import hmac
import pathlib
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def add(a, b):
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(scalar, point):
    result = None
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def encode(point):
    return b"\4" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def second_generator():
    counter = 0
    while True:
        x = int.from_bytes(hashlib.sha256(b"fieldfare recovery: second generator" + struct.pack(">I", counter)).digest(), "big")
        square = (x ** 3 - 3 * x + B) % P
        y = pow(square, (P + 1) // 4, P)
        if x < P and y * y % P == square:
            return x, P - y if y & 1 else y
        counter += 1


def extract(salt, key):
    return hmac.new(salt or bytes(32), key, hashlib.sha256).digest()


def expand(key, info, size):
    out = block = b""
    while len(out) < size:
        block = hmac.new(key, block + info + bytes([len(out) // 32 + 1]), hashlib.sha256).digest()
        out += block
    return out[:size]


def seal(ephemeral, recipient, info, additional, plain):
    """RFC 9180, base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM."""
    kem = b"KEM" + struct.pack(">H", 0x10)
    suite = b"HPKE" + struct.pack(">HHH", 0x10, 1, 2)

    def labeled_extract(of, salt, label, key):
        return extract(salt, b"HPKE-v1" + of + label + key)

    def labeled_expand(of, key, label, context, size):
        return expand(key, struct.pack(">H", size) + b"HPKE-v1" + of + label + context, size)

    point = encode(multiply(ephemeral, G))
    x = multiply(ephemeral, recipient)[0].to_bytes(32, "big")
    shared = labeled_expand(kem, labeled_extract(kem, b"", b"eae_prk", x), b"shared_secret", point + encode(recipient), 32)
    context = b"\0" + labeled_extract(suite, b"", b"psk_id_hash", b"") + labeled_extract(suite, b"", b"info_hash", info)
    secret = labeled_extract(suite, shared, b"secret", b"")
    key = labeled_expand(suite, secret, b"key", context, 32)
    return point + AESGCM(key).encrypt(labeled_expand(suite, secret, b"base_nonce", context, 12), plain, additional)


def prove(ephemeral, nonce, statement):
    second = second_generator()
    points = [encode(multiply(scalar, base)) for scalar in (ephemeral, nonce) for base in (G, second)]
    text = b"fieldfare recovery: proof of the ephemeral key" + b"".join(points) + statement
    challenge = int.from_bytes(hashlib.sha256(text).digest(), "big") % ORDER
    answer = (nonce + challenge * ephemeral) % ORDER
    return points[1] + challenge.to_bytes(32, "big") + answer.to_bytes(32, "big")


def number(label):
    return int.from_bytes(hashlib.sha256(label).digest(), "big") % ORDER


def record():
    company = multiply(number(b"company"), G)
    key = bytes(range(32))
    head = struct.pack(">I", 2) + bytes(range(0x40, 0x50)) + expand(extract(b"", key), b"fieldfare key id", 8) + encode(company)
    body = head + seal(number(b"ephemeral"), company, b"fieldfare recovery: data key 1", head, key)
    body += prove(number(b"ephemeral"), number(b"nonce"), body)
    return body + hmac.new(expand(extract(b"", key), b"fieldfare recovery record", 32), body, hashlib.sha256).digest()


if __name__ == "__main__":
    print(f"the company's private key: {number(b'company'):064x}")
    pathlib.Path(__file__).with_name("record_2.bin").write_bytes(record())
