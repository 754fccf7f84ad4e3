"""The key of a workspace: 32 random bytes, in the OS keyring, under a passphrase or (sample) in the open.

The header file beside the database says which, and holds a check value that tells a wrong
passphrase from a damaged file. It never holds anything of the portfolio.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from camdesk.base.errors import CamDeskError

KEY_BYTES = 32
HEADER_FORMAT = 1
_SERVICE = "CAM Desk"
_REFUSED_KEYRINGS = ("fail.Keyring", "null.Keyring", "PlaintextKeyring")
PassphraseSource = Callable[[str], str | None]
"""Asked with a prompt; returns what the user typed, or None where nobody can be asked."""


class KeyMode(Enum):
    """Where the key of a workspace lies."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105  # the name of a mode
    SAMPLE = "sample"


class LockedError(CamDeskError):
    """The workspace cannot be unlocked with what was given."""


@dataclass(frozen=True, slots=True)
class Header:
    """What `workspace.json` says: the way to the key, and a value that proves a key right."""

    mode: KeyMode
    workspace_id: str
    check: str
    salt: str = ""
    wrapped_key: str = ""

    def save(self, path: Path) -> None:
        """Write the header beside the database, whole or not at all."""
        body = {
            "format": HEADER_FORMAT,
            "mode": self.mode.value,
            "workspace_id": self.workspace_id,
            "check": self.check,
            "salt": self.salt,
            "wrapped_key": self.wrapped_key,
        }
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(body, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o600)
        draft.replace(path)


def read_header(path: Path) -> Header:
    """Return the header at `path`; raise LockedError where it cannot be read."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        newer = int(body["format"]) > HEADER_FORMAT
        header = Header(
            KeyMode(body["mode"]), body["workspace_id"], body["check"], body["salt"], body["wrapped_key"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LockedError(
            f"The workspace header {path.name} cannot be read.", "Restore the workspace from a backup."
        ) from error
    if newer:
        raise LockedError("This workspace was made by a newer CAM Desk.", "Update CAM Desk to open it.")
    return header


def make_key(mode: KeyMode | None, ask: PassphraseSource) -> tuple[bytes, Header]:
    """Return a new key and its header. Without a `mode`: the OS keyring, else a passphrase."""
    key, workspace_id = secrets.token_bytes(KEY_BYTES), secrets.token_hex(8)
    if mode is KeyMode.SAMPLE:
        return key, Header(mode, workspace_id, _check(key), wrapped_key=_encode(key))
    if mode is not KeyMode.PASSPHRASE and _keyring_works():
        import keyring

        keyring.set_password(_SERVICE, workspace_id, _encode(key))
        return key, Header(KeyMode.KEYRING, workspace_id, _check(key))
    passphrase = ask("Choose a passphrase for this workspace")
    if not passphrase:
        raise LockedError(
            "This computer has no usable keyring, so the workspace needs a passphrase.",
            "Set CAMDESK_PASSPHRASE or run the command in a terminal to be asked.",
        )
    salt = secrets.token_bytes(16)
    wrapped = _seal(key, passphrase, salt)
    return key, Header(KeyMode.PASSPHRASE, workspace_id, _check(key), _encode(salt), _encode(wrapped))


def unlock(header: Header, ask: PassphraseSource) -> bytes:
    """Return the key that `header` leads to; raise LockedError where it does not open."""
    if header.mode is KeyMode.SAMPLE:
        key = _decode(header.wrapped_key)
    elif header.mode is KeyMode.KEYRING:
        key = _from_keyring(header)
    else:
        passphrase = ask("Passphrase")
        if not passphrase:
            raise LockedError(
                "This workspace is locked.",
                "Set CAMDESK_PASSPHRASE or run the command in a terminal to be asked.",
            )
        key = _open_sealed(_decode(header.wrapped_key), passphrase, _decode(header.salt))
    if not hmac.compare_digest(_check(key), header.check):
        raise LockedError(
            "The key does not belong to this workspace.", "Restore the workspace from a backup."
        )
    return key


def under_passphrase(header: Header, passphrase: str) -> Header:
    """Return a header under which the key of `header`, now in the keyring, opens with a passphrase."""
    key, salt = unlock(header, lambda _: passphrase), secrets.token_bytes(16)
    wrapped = _seal(key, passphrase, salt)
    return Header(KeyMode.PASSPHRASE, header.workspace_id, header.check, _encode(salt), _encode(wrapped))


def _from_keyring(header: Header) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    try:
        stored = keyring.get_password(_SERVICE, header.workspace_id)
    except KeyringError:
        stored = None
    if stored is None:
        raise LockedError(
            "The key of this workspace is not in this computer's keyring.",
            "Unlock the keyring, or open the workspace on the computer and account that made it.",
        )
    return _decode(stored)


def _keyring_works() -> bool:
    """Probe the keyring with a canary: some back-ends exist and keep nothing, or keep it in the open."""
    import keyring
    from keyring.errors import KeyringError

    backend = keyring.get_keyring()
    if f"{type(backend).__module__}.{type(backend).__qualname__}".endswith(_REFUSED_KEYRINGS):
        return False
    if hasattr(backend, "persist"):
        backend.persist = "local machine"  # Windows would otherwise roam the key to other machines
    name, canary = f"probe-{secrets.token_hex(4)}", secrets.token_hex(8)
    try:
        keyring.set_password(_SERVICE, name, canary)
        kept = keyring.get_password(_SERVICE, name) == canary
        keyring.delete_password(_SERVICE, name)
    except (KeyringError, OSError, RuntimeError):
        return False
    return kept


def _wrapping_key(passphrase: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(passphrase.encode(), salt, 3, 64 * 1024, 1, KEY_BYTES, Type.ID)


def _seal(key: bytes, passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(_wrapping_key(passphrase, salt)).encrypt(nonce, key, None)


def _open_sealed(wrapped: bytes, passphrase: str, salt: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_wrapping_key(passphrase, salt)).decrypt(wrapped[:12], wrapped[12:], None)
    except InvalidTag as error:
        raise LockedError("The passphrase is not right.", "Try again; capital letters count.") from error


def _check(key: bytes) -> str:
    return hmac.new(key, b"camdesk-check", hashlib.sha256).hexdigest()


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text)
