"""Keys and signatures in minisign's format: Ed25519, secret keys under scrypt, files hashed with BLAKE2b-512 first.

Format: https://jedisct1.github.io/minisign/#signature-format and #secret-key-format, where every number is little-endian.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

# Late imports of cryptography: commands that sign nothing don't wait for it.
if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PLAIN, PREHASHED = b"Ed", b"ED"
_SCRYPT, _NO_PASSWORD, _BLAKE2B = b"Sc", b"\0\0", b"B2"
# 128 MB and half a second: strong, and an old office PC has that much. minisign's own default wants 1 GB.
_WORK, _MEMORY = 1 << 22, 1 << 27
_MOST_ROUNDS = 20
MOST_PLAIN = 256 << 20
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


class NotMinisign(Exception):
    """A key or signature that can't be read; the sentence is Chinese."""


class WrongPassword(NotMinisign):
    """The password doesn't open the secret key, or none was given."""


@dataclass(frozen=True)
class PublicKey:
    """`number`: the key's eight bytes of name, chosen at random; they prove nothing. `raw`: the 32 bytes."""

    number: bytes
    raw: bytes

    @property
    def line(self) -> str:
        """The key in one line of 56 characters, as `minisign -P` takes it."""
        return base64.b64encode(PLAIN + self.number + self.raw).decode()

    @property
    def name(self) -> str:
        """The key's number as minisign shows it: 16 hexadecimal digits."""
        return self.number[::-1].hex().upper()

    @property
    def text(self) -> str:
        """The public key file."""
        return f"{_UNTRUSTED}minisign public key {self.name}\n{self.line}\n"

    @property
    def fingerprint(self) -> str:
        """Forty digits in ten groups of four, to read out on the telephone and to compare with paper.

        SHA-256 of the key's 42 bytes, as a big-endian number, modulo 10^40: about 133 bits.
        """
        digits = f"{int.from_bytes(hashlib.sha256(PLAIN + self.number + self.raw).digest(), 'big') % 10**40:040}"
        return " ".join(digits[at : at + 4] for at in range(0, 40, 4))


@dataclass(frozen=True)
class SecretKey:
    """`seed`: the 32 secret bytes."""

    number: bytes
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self.number, self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, pieces: Iterable[bytes], comment: str) -> str:
        """The signature file of what the pieces make up; `comment` is one line that the signature vouches for."""
        signature = self._key.sign(_hashed(pieces))
        both = self._key.sign(signature + comment.encode())
        return (
            f"{_UNTRUSTED}signature from tingsuo, key {self.public.name}\n"
            f"{base64.b64encode(PREHASHED + self.number + signature).decode()}\n{_TRUSTED}{comment}\n{base64.b64encode(both).decode()}\n"
        )

    def text(self, password: str) -> str:
        """The secret key file; with an empty password it isn't encrypted."""
        body = self.number + self.seed + self.public.raw
        body += hashlib.blake2b(PLAIN + body, digest_size=32).digest()
        salt, work, memory, way = os.urandom(32), _WORK, _MEMORY, _SCRYPT
        if password:
            body = _veiled(body, password, salt, work, memory)
            kind = "encrypted "
        else:
            salt, work, memory, way, kind = bytes(32), 0, 0, _NO_PASSWORD, ""
        whole = PLAIN + way + _BLAKE2B + salt + work.to_bytes(8, "little") + memory.to_bytes(8, "little") + body
        return f"{_UNTRUSTED}minisign {kind}secret key\n{base64.b64encode(whole).decode()}\n"


@dataclass(frozen=True)
class Signature:
    """A signature file, read. `comment`: its trusted comment, to be believed only after `refused` has said nothing."""

    way: bytes
    number: bytes
    signature: bytes
    comment: str
    both: bytes

    @property
    def name(self) -> str:
        """The number of the key that it says made it."""
        return self.number[::-1].hex().upper()

    def refused(self, key: PublicKey, pieces: Iterable[bytes]) -> str:
        """Why the signature doesn't show that this key signed these bytes, in Chinese; empty when it does."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        if self.number != key.number:
            return f"不是这把密钥签的：签名用的是 {self.name}，应当是 {key.name}"
        signed = _hashed(pieces) if self.way == PREHASHED else b"".join(pieces)
        public = Ed25519PublicKey.from_public_bytes(key.raw)
        try:
            public.verify(self.signature, signed)
        except InvalidSignature:
            return "签名对不上：内容在签名以后改过，或者签名是从别处拿来的"
        try:
            public.verify(self.both, self.signature + self.comment.encode())
        except InvalidSignature:
            return "签名里的说明（版本和日期）被改过"
        return ""


def new_key() -> SecretKey:
    """A new key pair from the system's random numbers."""
    return SecretKey(os.urandom(8), os.urandom(32))


def read_public(text: str) -> PublicKey:
    """A public key file's text, or just its line."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines or len(lines) > 2 or (len(lines) == 2 and not lines[0].startswith(_UNTRUSTED)):
        raise NotMinisign("不是公钥文件：应当有两行，第二行以 RW 开头")
    whole = _bytes(lines[-1].strip(), "公钥")
    if len(whole) != 42 or whole[:2] != PLAIN:
        raise NotMinisign("不是公钥文件：应当有两行，第二行以 RW 开头")
    return PublicKey(whole[2:10], whole[10:])


def read_signature(text: str) -> Signature:
    """A signature file's text."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != 4 or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):
        raise NotMinisign("签名文件看不懂：应当是 minisign 格式的四行")
    whole, both = _bytes(lines[1], "签名文件"), _bytes(lines[3], "签名文件")
    if len(whole) != 74 or len(both) != 64 or whole[:2] not in (PLAIN, PREHASHED):
        raise NotMinisign("签名文件看不懂：应当是 minisign 格式的四行")
    return Signature(whole[:2], whole[2:10], whole[10:], lines[2].removeprefix(_TRUSTED), both)


def needs_password(text: str) -> bool:
    """Whether a secret key file is encrypted."""
    return _secret(text)[2:4] == _SCRYPT


def read_secret(text: str, password: str) -> SecretKey:
    """A secret key file's text; WrongPassword when it doesn't open."""
    whole = _secret(text)
    salt, work, memory, body = whole[6:38], int.from_bytes(whole[38:46], "little"), int.from_bytes(whole[46:54], "little"), whole[54:]
    if whole[2:4] == _SCRYPT:
        if not password:
            raise WrongPassword("这把密钥有密码：请输入密码")
        body = _veiled(body, password, salt, work, memory)
    number, seed, raw, check = body[:8], body[8:40], body[40:72], body[72:]
    key = SecretKey(number, seed)
    # Without a password, minisign 0.11 leaves the check empty.
    checks = [hashlib.blake2b(PLAIN + body[:72], digest_size=32).digest()] + ([bytes(32)] if whole[2:4] == _NO_PASSWORD else [])
    if check not in checks or key.public.raw != raw:
        raise WrongPassword("密码不对" if whole[2:4] == _SCRYPT else "密钥文件坏了：校验对不上")
    return key


def _secret(text: str) -> bytes:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) != 2 or not lines[0].startswith(_UNTRUSTED):
        raise NotMinisign("不是密钥文件：应当是 minisign 格式的两行")
    whole = _bytes(lines[1].strip(), "密钥文件")
    if len(whole) != 158 or whole[:2] != PLAIN or whole[2:4] not in (_SCRYPT, _NO_PASSWORD) or whole[4:6] != _BLAKE2B:
        raise NotMinisign("不是密钥文件：应当是 minisign 格式的两行")
    return whole


def _bytes(line: str, what: str) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise NotMinisign(f"{what}看不懂：有一行不是 Base64") from None


def _hashed(pieces: Iterable[bytes]) -> bytes:
    count = hashlib.blake2b()
    for piece in pieces:
        count.update(piece)
    return count.digest()


def _veiled(body: bytes, password: str, salt: bytes, work: int, memory: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    rounds, threads = _scrypt_numbers(work, memory)
    if rounds > _MOST_ROUNDS or not 0 < threads <= 64:
        raise NotMinisign("密钥文件要的内存大得不正常")
    stream = Scrypt(salt=salt, length=len(body), n=1 << rounds, r=8, p=threads).derive(password.encode())
    return bytes(a ^ b for a, b in zip(body, stream, strict=True))


def _scrypt_numbers(work: int, memory: int) -> tuple[int, int]:
    """What `pickparams` of libsodium does: limits → (log2 N, p); r is 8."""
    work = max(work, 32768)
    most = work // 32 if work < memory // 32 else memory // 1024
    rounds = 1
    while rounds < 63 and 1 << rounds <= most // 2:
        rounds += 1
    return rounds, 1 if work < memory // 32 else min(work // 4 // (1 << rounds), 0x3FFFFFFF) // 8
